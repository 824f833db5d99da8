// What a function costs: one number for each event of the profile.

#ifndef HEAPGRIND_CONVERTER_COST_H_
#define HEAPGRIND_CONVERTER_COST_H_

#include <cstdint>

namespace heapgrind {

struct Cost {
  uint64_t bytes = 0;
  uint64_t objects = 0;

  Cost& operator+=(const Cost& other) {
    bytes += other.bytes;
    objects += other.objects;
    return *this;
  }
  friend bool operator==(const Cost& a, const Cost& b) {
    return a.bytes == b.bytes && a.objects == b.objects;
  }
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COST_H_

// A bit for each number below some other: pages of it without a set one cost
// nothing.

#ifndef HEAPGRIND_SCANNER_RECORD_NUMBER_BITS_H_
#define HEAPGRIND_SCANNER_RECORD_NUMBER_BITS_H_

#include <cstddef>
#include <cstdint>

#include "memory/mapped_array.h"

namespace heapgrind {

class NumberBits {
 public:
  // Numbers are below this; none is set.  False if there is no memory left.
  bool Begin(uint32_t num_numbers) { return words_.Fill(num_numbers / 64 + 1); }

  bool Has(uint32_t number) const {
    return (words_[number / 64] >> (number % 64) & 1) != 0;
  }
  void Set(uint32_t number) {
    words_[number / 64] |= uint64_t{1} << (number % 64);
  }

 private:
  MappedArray<uint64_t> words_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_NUMBER_BITS_H_

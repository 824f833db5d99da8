// A file descriptor that is closed when nobody has it any more.

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_DESCRIPTOR_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_DESCRIPTOR_H_

#include <unistd.h>

#include <utility>

namespace heapgrind {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept
      : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }

  bool is_open() const { return number_ >= 0; }
  int get() const { return number_; }

 private:
  int number_ = -1;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_DESCRIPTOR_H_

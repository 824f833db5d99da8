// Numbers that are to be dealt with: a short stack, and bits for what does not
// fit into it.

#ifndef HEAPGRIND_SCANNER_RECORD_NUMBER_STACK_H_
#define HEAPGRIND_SCANNER_RECORD_NUMBER_STACK_H_

#include <cstddef>
#include <cstdint>

#include "memory/mapped_array.h"

namespace heapgrind {

class NumberStack {
 public:
  // Numbers are below this.  Takes a bit for each at most.  False if there is
  // no memory left.
  bool Begin(uint32_t num_numbers) {
    return postponed_.Fill(num_numbers / 64 + 1);
  }
  void Free() { postponed_.Free(); }

  // Forgets all.
  void Clear() {
    uint32_t number;
    while (num_postponed_ > 0 && Take(&number)) continue;
    size_ = 0;
  }

  // Adds a number that is not there.
  void Push(uint32_t number) {
    if (size_ < kSize) {
      stack_[size_++] = number;
      return;
    }
    postponed_[number / 64] |= uint64_t{1} << (number % 64);
    ++num_postponed_;
  }

  // False if there is none.
  bool Take(uint32_t* number) {
    if (size_ == 0) TakePostponed();
    if (size_ == 0) return false;
    *number = stack_[--size_];
    return true;
  }

 private:
  static constexpr size_t kSize = 4096;

  void TakePostponed() {
    while (num_postponed_ > 0 && size_ < kSize) {
      uint64_t* bits = &postponed_[word_];
      if (*bits == 0) {
        word_ = (word_ + 1) % postponed_.size();
        continue;
      }
      const size_t bit = static_cast<size_t>(__builtin_ctzll(*bits));
      *bits &= *bits - 1;
      --num_postponed_;
      stack_[size_++] = static_cast<uint32_t>(word_ * 64 + bit);
    }
  }

  uint32_t stack_[kSize];
  size_t size_ = 0;
  MappedArray<uint64_t> postponed_;
  size_t num_postponed_ = 0;
  size_t word_ = 0;  // Where the search for postponed ones stands.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_NUMBER_STACK_H_

// Finds an object's number by its address.
//
// An open-addressing hash table of 32-bit positions into the caller's array of
// addresses: 8 bytes an object at most half full, a third of a general hash
// map.

#ifndef HEAPGRIND_CONVERTER_ADDRESS_INDEX_H_
#define HEAPGRIND_CONVERTER_ADDRESS_INDEX_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace heapgrind {

class AddressIndex {
 public:
  static constexpr uint32_t kAbsent = UINT32_MAX;

  // Indexes `addresses`, which must outlive the index.  Of equal addresses the
  // first counts.
  explicit AddressIndex(absl::Span<const uint64_t> addresses);

  // The position of the first `address`, or kAbsent.
  uint32_t Find(uint64_t address) const;

 private:
  size_t Slot(uint64_t address) const {
    // Fibonacci hashing: Knuth, The Art of Computer Programming 3, 1973, 6.4.
    return static_cast<size_t>((address * 0x9E3779B97F4A7C15u) >> shift_);
  }

  absl::Span<const uint64_t> addresses_;
  int shift_;
  std::vector<uint32_t> slots_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_ADDRESS_INDEX_H_

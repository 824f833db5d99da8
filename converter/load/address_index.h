// Finds the place of an address in an array, wherever the addresses lie.
//
// An open-addressing hash table, at most half full, whose slots hold a position
// in the array and 32 bits of the address's hash: nearly always one cache line
// tells that an address is absent, and two that it is found.  16 to 32 bytes an
// address; AddressBitmap needs less where addresses lie close together.

#ifndef HEAPGRIND_CONVERTER_LOAD_ADDRESS_INDEX_H_
#define HEAPGRIND_CONVERTER_LOAD_ADDRESS_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "converter/base/fetch_ahead.h"

namespace heapgrind {

class AddressIndex {
 public:
  static constexpr uint32_t kAbsent = UINT32_MAX;

  // Indexes fewer than 2^32 - 1 `addresses`, which must outlive the index.  Of
  // equal addresses the first counts.
  explicit AddressIndex(absl::Span<const uint64_t> addresses);

  // The position of the first `address`, or kAbsent.
  uint32_t Find(uint64_t address) const {
    return slots_[SlotOf(address)].place;
  }

  // Fetches what Find will need first.
  void Prefetch(uint64_t address) const {
    FetchAhead(&slots_[Hash(address) >> shift_]);
  }

 private:
  struct Slot {
    uint32_t tag;  // The low half of the hash.
    uint32_t place;
  };

  static uint64_t Hash(uint64_t address) {
    // Fibonacci hashing: Knuth, The Art of Computer Programming 3, 1973, 6.4.
    // Addresses are multiples of 8 or 16, which would leave the low bits zero.
    return ((address >> 3) | (address << 61)) * 0x9E3779B97F4A7C15u;
  }

  // The slot that holds `address`, or the empty one where it belongs.
  size_t SlotOf(uint64_t address) const {
    const uint64_t hash = Hash(address);
    size_t slot = static_cast<size_t>(hash >> shift_);
    while (slots_[slot].place != kAbsent &&
           (slots_[slot].tag != static_cast<uint32_t>(hash) ||
            addresses_[slots_[slot].place] != address)) {
      slot = (slot + 1) & (slots_.size() - 1);
    }
    return slot;
  }

  absl::Span<const uint64_t> addresses_;
  int shift_;
  std::vector<Slot> slots_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_ADDRESS_INDEX_H_

// A set of addresses: a bit for each 16 bytes of the heap.
//
//     address:  | page (64 KiB) | bit (16 bytes) | class (address % 16) |
//
// Nearly all objects begin at multiples of 16, so the pages of that class are
// those in which objects lie, and cost a 128th of what these take.  Other
// classes have pages of their own, so that any address can be a member.  Where
// addresses lie far apart, each costs up to 600 bytes.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_STRIP_ADDRESS_SET_H_
#define HEAPGRIND_CONVERTER_COMMANDS_STRIP_ADDRESS_SET_H_

#include <array>
#include <cstdint>
#include <memory>

#include "absl/container/flat_hash_map.h"

namespace heapgrind {

class AddressSet {
 public:
  // Adds an address; returns whether it is new.
  bool Insert(uint64_t address);

  bool Contains(uint64_t address) const;

 private:
  static constexpr uint64_t kGranule = 16;        // Bytes.
  static constexpr uint64_t kPageSpan = 1 << 16;  // Bytes.
  using Page = std::array<uint64_t, kPageSpan / kGranule / 64>;

  static uint64_t KeyOf(uint64_t address) {
    return address / kPageSpan * kGranule + address % kGranule;
  }
  static uint64_t WordOf(uint64_t address) {
    return address % kPageSpan / kGranule / 64;
  }
  static uint64_t BitOf(uint64_t address) {
    return uint64_t{1} << (address / kGranule % 64);
  }

  absl::flat_hash_map<uint64_t, std::unique_ptr<Page>> page_of_key_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_STRIP_ADDRESS_SET_H_

// Writes addresses in 4 bytes: the number of a page among those that were met
// so far, and the place in it.
//
//     packed:  | page (15 bits) | granule (17 bits) |
//
// That is enough for 32 GiB of a heap.  What lies beyond, or at odd places, is
// far: it stands in full beside the packed ones.

#ifndef HEAPGRIND_CONVERTER_LOAD_ADDRESS_PACKER_H_
#define HEAPGRIND_CONVERTER_LOAD_ADDRESS_PACKER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "converter/heap/page_table.h"

namespace heapgrind {

class AddressPacker {
 public:
  // Stands for an address that is far.
  static constexpr uint32_t kFar = UINT32_MAX;
  static constexpr uint32_t kMaxPages = (1 << 15) - 1;

  // Never more than `max_pages`; tests choose fewer than fit.
  explicit AddressPacker(uint32_t max_pages = kMaxPages)
      : max_pages_(max_pages) {}

  // Packs `address`; if that is far, appends it to `far_addresses`.
  uint32_t Pack(uint64_t address, std::vector<uint64_t>* far_addresses) {
    const uint64_t page = address / kPageBytes;
    const uint32_t number = pages_.Find(page);
    if (number != PageTable::kAbsent && address % kGranuleBytes == 0) {
      return JoinParts(number, address);
    }
    return PackNew(address, far_addresses);
  }

  // The address behind `packed`, which is not kFar.
  uint64_t Unpack(uint32_t packed) const {
    return pages_.pages()[PageOf(packed)] * kPageBytes +
           GranuleOf(packed) * kGranuleBytes;
  }

  // Its two parts.
  static uint32_t PageOf(uint32_t packed) {
    return static_cast<uint32_t>(packed / kGranulesOfPage);
  }
  static uint32_t GranuleOf(uint32_t packed) {
    return static_cast<uint32_t>(packed % kGranulesOfPage);
  }

  // The pages by number.
  const std::vector<uint64_t>& pages() const { return pages_.pages(); }

 private:
  static uint32_t JoinParts(uint32_t page, uint64_t address) {
    return static_cast<uint32_t>(page * kGranulesOfPage +
                                 address % kPageBytes / kGranuleBytes);
  }

  uint32_t PackNew(uint64_t address, std::vector<uint64_t>* far_addresses);

  uint32_t max_pages_;
  PageTable pages_;
};

// Reads a sequence of packed addresses from front to back.
class PackedAddresses {
 public:
  // The three must outlive the reader.
  PackedAddresses(const AddressPacker& packer,
                  const std::vector<uint32_t>& packed,
                  const std::vector<uint64_t>& far_addresses)
      : packer_(packer),
        next_(packed.data()),
        next_far_(far_addresses.data()) {}

  uint64_t Next() {
    const uint32_t packed = *next_++;
    return packed == AddressPacker::kFar ? *next_far_++
                                         : packer_.Unpack(packed);
  }

 private:
  const AddressPacker& packer_;
  const uint32_t* next_;
  const uint64_t* next_far_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_ADDRESS_PACKER_H_

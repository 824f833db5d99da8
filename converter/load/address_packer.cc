#include "converter/load/address_packer.h"

namespace heapgrind {

uint32_t AddressPacker::PackNew(uint64_t address,
                                std::vector<uint64_t>* far_addresses) {
  if (address % kGranuleBytes == 0 && pages_.pages().size() < max_pages_) {
    return JoinParts(pages_.Add(address / kPageBytes), address);
  }
  far_addresses->push_back(address);
  return kFar;
}

}  // namespace heapgrind

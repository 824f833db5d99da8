#include "converter/load/address_index.h"

namespace heapgrind {

AddressIndex::AddressIndex(absl::Span<const uint64_t> addresses)
    : addresses_(addresses), shift_(62) {
  while ((uint64_t{1} << (64 - shift_)) < 2 * addresses.size()) --shift_;
  slots_.assign(size_t{1} << (64 - shift_), {0, kAbsent});
  for (uint32_t i = 0; i < addresses.size(); ++i) {
    Slot& slot = slots_[SlotOf(addresses[i])];
    if (slot.place != kAbsent) continue;
    slot = {static_cast<uint32_t>(Hash(addresses[i])), i};
  }
}

}  // namespace heapgrind

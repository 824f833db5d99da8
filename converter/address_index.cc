#include "converter/address_index.h"

namespace heapgrind {

AddressIndex::AddressIndex(absl::Span<const uint64_t> addresses)
    : addresses_(addresses), shift_(62) {
  while ((uint64_t{1} << (64 - shift_)) < 2 * addresses.size()) --shift_;
  slots_.assign(size_t{1} << (64 - shift_), kAbsent);
  for (uint32_t i = 0; i < addresses.size(); ++i) {
    size_t slot = Slot(addresses[i]);
    while (slots_[slot] != kAbsent &&
           addresses_[slots_[slot]] != addresses[i]) {
      slot = (slot + 1) & (slots_.size() - 1);
    }
    if (slots_[slot] == kAbsent) slots_[slot] = i;
  }
}

uint32_t AddressIndex::Find(uint64_t address) const {
  size_t slot = Slot(address);
  while (slots_[slot] != kAbsent && addresses_[slots_[slot]] != address) {
    slot = (slot + 1) & (slots_.size() - 1);
  }
  return slots_[slot];
}

}  // namespace heapgrind

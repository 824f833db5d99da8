#include "converter/commands/strip/address_set.h"

namespace heapgrind {

bool AddressSet::Insert(uint64_t address) {
  std::unique_ptr<Page>& page = page_of_key_[KeyOf(address)];
  if (page == nullptr) page = std::make_unique<Page>();
  uint64_t& word = (*page)[WordOf(address)];
  const bool is_new = (word & BitOf(address)) == 0;
  word |= BitOf(address);
  return is_new;
}

bool AddressSet::Contains(uint64_t address) const {
  const auto found = page_of_key_.find(KeyOf(address));
  if (found == page_of_key_.end()) return false;
  return ((*found->second)[WordOf(address)] & BitOf(address)) != 0;
}

}  // namespace heapgrind

#include "converter/commands/diff/object_identities.h"

#include <string_view>

#include "converter/python/builtin_types.h"

namespace heapgrind {
namespace {

// Fowler, Noll and Vo, "The FNV Non-Cryptographic Hash Algorithm", FNV-1a with
// 64 bits; folded to 32 as they propose.
class Hash {
 public:
  void AddByte(uint8_t byte) { hash_ = (hash_ ^ byte) * 0x100000001B3; }

  // A text that is not there differs from an empty one.
  void AddText(std::string_view text) {
    for (const char c : text) AddByte(static_cast<uint8_t>(c));
    AddByte(0);
    AddByte(text.data() == nullptr ? 0 : 1);
  }

  void AddNumber(uint64_t number) {
    for (int i = 0; i < 8; ++i) AddByte(static_cast<uint8_t>(number >> 8 * i));
  }

  uint32_t Folded() const {
    return static_cast<uint32_t>(hash_ >> 32 ^ (hash_ & UINT32_MAX));
  }

 private:
  uint64_t hash_ = 0xCBF29CE484222325;
};

bool HasFixedElements(const DumpRecord& record) {
  return record.type == "tuple" || record.type == "frozenset";
}

bool HasFixedLength(const DumpRecord& record) {
  return record.value.data() != nullptr || IsTextType(record.type) ||
         HasFixedElements(record);
}

}  // namespace

absl::Status IdentityCollector::Take(const DumpRecord& record) {
  if (record.form != RecordForm::kObject) return absl::OkStatus();
  Hash fixed;
  fixed.AddText(record.type);
  fixed.AddText(record.name);
  fixed.AddText(record.qualname);
  fixed.AddText(record.module);
  fixed.AddNumber(HasFixedLength(record) ? record.len : 0);
  if (HasFixedElements(record)) {
    for (const uint64_t element : record.refs) fixed.AddNumber(element);
  }
  ObjectIdentity identity;
  identity.address = record.address;
  identity.fixed = fixed.Folded();
  if (record.value.data() != nullptr) {
    Hash value;
    value.AddText(record.value);
    identity.value = value.Folded() == 0 ? 1 : value.Folded();
  }
  identities_.Add(identity);
  return absl::OkStatus();
}

std::vector<ObjectIdentity> IdentityCollector::Join(
    const std::vector<std::unique_ptr<IdentityCollector>>& collectors) {
  std::vector<AddressedRecords<ObjectIdentity>*> identities;
  for (const auto& collector : collectors) {
    identities.push_back(&collector->identities_);
  }
  return AddressedRecords<ObjectIdentity>::Join(identities);
}

}  // namespace heapgrind

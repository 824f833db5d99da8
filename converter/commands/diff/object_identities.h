// Tells whether records of two dumps are of the same object.
//
// They are if they have the same address, type and content.  Content is what
// cannot change while an object lives:
//
//   name, qualname, module          of what has them (definitions, generators)
//   value                           of strings, bytes, numbers
//   len                             of these, of tuples and frozensets
//   addresses of the elements       of tuples and frozensets
//
// Other elements, attributes and the size can change, and are not compared.  A
// value is compared if both dumps give it: one of them may have been written
// without values.  If type or content differ, the address was reused.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_DIFF_OBJECT_IDENTITIES_H_
#define HEAPGRIND_CONVERTER_COMMANDS_DIFF_OBJECT_IDENTITIES_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "converter/dump/addressed_records.h"
#include "converter/dump/dump_record.h"
#include "converter/dump/record_sink.h"

namespace heapgrind {

// The identity of an object, as hashes that are the same in every run.  Two
// objects of one address are taken for one by chance once in 2^32 times.
struct ObjectIdentity {
  uint64_t address = 0;
  uint32_t fixed = 0;  // Of everything but the value.
  uint32_t value = 0;  // 0: the dump gives none.
};

// Whether two records are of one object; both are of one address.
inline bool IsSameObject(const ObjectIdentity& a, const ObjectIdentity& b) {
  return a.fixed == b.fixed &&
         (a.value == b.value || a.value == 0 || b.value == 0);
}

// Notes the identities of all objects while a dump is read (load_dump.h).
class IdentityCollector : public RecordSink {
 public:
  void StartSection(uint64_t number) override {
    identities_.StartSection(number);
  }

  // Never fails.
  absl::Status Take(const DumpRecord& record) override;

  // What several collectors have noted, by address, each address once.  Empties
  // the collectors.
  static std::vector<ObjectIdentity> Join(
      const std::vector<std::unique_ptr<IdentityCollector>>& collectors);

 private:
  AddressedRecords<ObjectIdentity> identities_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_DIFF_OBJECT_IDENTITIES_H_

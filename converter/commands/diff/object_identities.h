// Whether an object of one dump is an object of another.
//
// Two records of one address are of the same object if they have the same type
// and the same content.  Content is what cannot change while an object lives:
//
//   name, qualname, module          of what has them (definitions, generators)
//   value                           of strings, bytes, numbers
//   len                             of these, of tuples and frozensets
//   addresses of the elements       of tuples and frozensets
//
// What can change (other elements, attributes, size) is none.  A value
// that one of the dumps does not give is not compared: text of strings may be
// left out.  Where type or content differ, the address was used again.

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

// An object as far as that matters: hashes that are the same for every run.
// That two objects of one address look equal by chance happens once in four
// billion times.
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
  void StartPart(uint64_t number) override { identities_.StartPart(number); }

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

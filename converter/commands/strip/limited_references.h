// Cuts the references of a record, as the scanner does it with `max_refs`.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_STRIP_LIMITED_REFERENCES_H_
#define HEAPGRIND_CONVERTER_COMMANDS_STRIP_LIMITED_REFERENCES_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "converter/dump/dump_record.h"

namespace heapgrind {

struct LimitedReferences {
  std::vector<uint64_t> refs;
  uint64_t num_pairs = 0;
  std::vector<absl::string_view> names;  // As they stand in the record's text.
  uint64_t num_left_out = 0;
  uint64_t num_inside = 0;  // See DumpRecord::inside.
};

// What stays of an object's references: pairs, two for each, and then those
// without names, up to `limit` of both together; all that have names.
LimitedReferences LimitReferences(const DumpRecord& object, uint64_t limit);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_STRIP_LIMITED_REFERENCES_H_

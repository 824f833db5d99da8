// Joins what the sections of a dump say to the facts about the whole.

#ifndef HEAPGRIND_CONVERTER_DUMP_JOINED_FACTS_H_
#define HEAPGRIND_CONVERTER_DUMP_JOINED_FACTS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "converter/dump/dump_facts.h"
#include "converter/dump/dump_section.h"

namespace heapgrind {

class JoinedFacts {
 public:
  // Messages call the dump `name`.
  explicit JoinedFacts(absl::string_view name) : name_(name) {}

  // Adds the next section, in the order of the dump.  InvalidArgument: it holds
  // the first wrong line of the dump, which the message names:
  // "NAME:LINE:COLUMN: expected X, got Y".
  absl::Status Add(const SectionFacts& section);

  // The facts, when all sections are added.  InvalidArgument: there were no
  // objects.
  absl::Status Finish();

  // The header, and what only the source knows, is for the caller to add.
  DumpFacts facts;

 private:
  absl::Status AtLine(uint64_t line_of_section,
                      const absl::Status& status) const;

  const std::string name_;
  JsonArrayLines array_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_JOINED_FACTS_H_

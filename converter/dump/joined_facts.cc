#include "converter/dump/joined_facts.h"

#include "absl/strings/str_cat.h"

namespace heapgrind {

absl::Status JoinedFacts::Add(const SectionFacts& section) {
  // Each of these is about an earlier line than the next: reading a section
  // stops at its first wrong line.
  if (array_.is_closed() && section.first_line_with_text > 0) {
    return AtLine(section.first_line_with_text, TextAfterArray());
  }
  if (facts.has_end_record && section.line_of_end_record > 0) {
    return AtLine(section.line_of_end_record, SecondEndRecord());
  }
  if (!section.status.ok()) return AtLine(section.num_lines, section.status);
  if (section.line_of_end_record > 0) {
    facts.has_end_record = true;
    facts.end = section.end;
  }
  if (!array_.is_closed()) array_ = section.array;
  facts.num_lines += section.num_lines;
  facts.num_roots += section.num_roots;
  facts.num_surplus_names += section.num_surplus_names;
  facts.num_objects += section.num_objects;
  facts.objects_size += section.objects_size;
  facts.is_last_line_cut_off |= section.is_last_line_cut_off;
  return absl::OkStatus();
}

absl::Status JoinedFacts::Finish() {
  facts.is_array_open = array_.is_open();
  if (facts.num_objects > 0) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(name_, ":", facts.num_lines,
                   ":1: expected at least one object record, got none"));
}

absl::Status JoinedFacts::AtLine(uint64_t line_of_section,
                                 const absl::Status& status) const {
  return absl::Status(
      status.code(), absl::StrCat(name_, ":", facts.num_lines + line_of_section,
                                  ":", status.message()));
}

}  // namespace heapgrind

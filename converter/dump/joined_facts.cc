#include "converter/dump/joined_facts.h"

#include "absl/strings/str_cat.h"

namespace heapgrind {

absl::Status JoinedFacts::Add(const PartFacts& part) {
  // Each of these is about an earlier line than the next: reading a part stops
  // at its first wrong line.
  if (array_.is_closed() && part.first_line_with_text > 0) {
    return AtLine(part.first_line_with_text, TextAfterArray());
  }
  if (facts.has_end_record && part.line_of_end_record > 0) {
    return AtLine(part.line_of_end_record, SecondEndRecord());
  }
  if (!part.status.ok()) return AtLine(part.num_lines, part.status);
  if (part.line_of_end_record > 0) {
    facts.has_end_record = true;
    facts.end_num_objects = part.end_num_objects;
    facts.end_objects_size = part.end_objects_size;
    facts.num_left_out = part.num_left_out;
    facts.left_out_size = part.left_out_size;
  }
  if (!array_.is_closed()) array_ = part.array;
  facts.num_lines += part.num_lines;
  facts.num_roots += part.num_roots;
  facts.num_surplus_names += part.num_surplus_names;
  facts.num_objects += part.num_objects;
  facts.objects_size += part.objects_size;
  facts.is_last_line_cut_off |= part.is_last_line_cut_off;
  return absl::OkStatus();
}

absl::Status JoinedFacts::Finish() {
  facts.is_array_open = array_.is_open();
  if (facts.num_objects > 0) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(name_, ":", facts.num_lines,
                   ":1: expected at least one object record, got none"));
}

absl::Status JoinedFacts::AtLine(uint64_t line_of_part,
                                 const absl::Status& status) const {
  return absl::Status(status.code(),
                      absl::StrCat(name_, ":", facts.num_lines + line_of_part,
                                   ":", status.message()));
}

}  // namespace heapgrind

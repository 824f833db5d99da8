#include "converter/dump/dump_facts.h"

#include "absl/strings/str_cat.h"

namespace heapgrind {

namespace {

void AddDamage(const EndFacts& end, std::vector<std::string>* losses) {
  const uint64_t num_lost = end.num_damaged + end.num_unreadable;
  if (num_lost > 0) {
    losses->push_back(absl::StrCat(
        num_lost,
        " objects were damaged or could not be read when the process "
        "was stopped; what only they led to may be missing"));
  }
  if (end.num_lost_roots > 0) {
    losses->push_back(
        absl::StrCat("roots that could not be read, and are left out: ",
                     end.num_lost_roots));
  }
}

}  // namespace

std::vector<std::string> DescribeLosses(const DumpFacts& facts) {
  std::vector<std::string> losses;
  if (facts.is_data_cut_off) {
    losses.push_back("the compressed data is cut off");
  }
  if (facts.is_last_line_cut_off) {
    losses.push_back(absl::StrCat("line ", facts.num_lines,
                                  ", the last one, is cut off and left out"));
  }
  if (facts.num_surplus_names > 0) {
    losses.push_back(absl::StrCat("names of no reference, left out: ",
                                  facts.num_surplus_names));
  }
  if (!facts.has_end_record && (facts.has_header || facts.is_array_open)) {
    losses.push_back(absl::StrCat(
        "expected ", facts.has_header ? "an end record" : "\"]\"", " after ",
        facts.num_objects, " objects, got the end of the dump"));
  }
  if (!facts.has_end_record) return losses;
  if (facts.end.num_objects != facts.num_objects) {
    losses.push_back(absl::StrCat("expected ", facts.end.num_objects,
                                  " objects, as the end record says, got ",
                                  facts.num_objects));
  }
  if (facts.end.objects_size != facts.objects_size) {
    losses.push_back(absl::StrCat(
        "expected objects of ", facts.end.objects_size,
        " bytes, as the end record says, got ", facts.objects_size, " bytes"));
  }
  if (facts.end.num_left_out > 0) {
    losses.push_back(absl::StrCat(
        facts.end.num_left_out, " objects of ", facts.end.left_out_size,
        " bytes are left out, because a smaller dump was asked for"));
  }
  if (facts.end.resident_unknown > 0) {
    losses.push_back(absl::StrCat(
        "large objects that count as resident as a whole, because the process "
        "could not tell: ",
        facts.end.resident_unknown));
  }
  AddDamage(facts.end, &losses);
  if (facts.end.num_native_cut_short > 0) {
    losses.push_back(absl::StrCat(
        "native memory was cut short: what did not come to an end: ",
        facts.end.num_native_cut_short));
  }
  if (!facts.end.native_unknown.empty()) {
    losses.push_back(absl::StrCat("native memory has no owners: ",
                                  facts.end.native_unknown));
  }
  return losses;
}

}  // namespace heapgrind

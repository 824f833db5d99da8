#include "converter/dump/dump_facts.h"

#include "absl/strings/str_cat.h"

namespace heapgrind {

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
  if (facts.end_num_objects != facts.num_objects) {
    losses.push_back(absl::StrCat("expected ", facts.end_num_objects,
                                  " objects, as the end record says, got ",
                                  facts.num_objects));
  }
  if (facts.end_objects_size != facts.objects_size) {
    losses.push_back(absl::StrCat(
        "expected objects of ", facts.end_objects_size,
        " bytes, as the end record says, got ", facts.objects_size, " bytes"));
  }
  if (facts.num_left_out > 0) {
    losses.push_back(absl::StrCat(
        facts.num_left_out, " objects of ", facts.left_out_size,
        " bytes are left out, because the size of the dump was limited"));
  }
  return losses;
}

}  // namespace heapgrind

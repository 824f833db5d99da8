#include "converter/commands/strip/record_stripper.h"

#include <fnmatch.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "converter/commands/strip/limited_references.h"

namespace heapgrind {

absl::string_view RecordStripper::Strip(const DumpRecord& record) {
  const absl::string_view text(record.text.data(), record.text.size());
  if (record.form != RecordForm::kObject) return text;
  ++counts_.objects;
  if (Drops(record)) {
    counts_.bytes_left_out += record.size;
    return "";
  }
  changes_.clear();
  StripValue(record);
  StripReferences(record);
  if (changes_.empty()) return text;
  line_ = ChangeMembers(text, changes_);
  return line_;
}

// Of two records of one address the first counts, for all who read a dump.
bool RecordStripper::Drops(const DumpRecord& object) {
  if (!seen_.Insert(object.address)) {
    ++counts_.repeated_objects;
    return true;
  }
  const std::string type(object.type);
  for (const std::string& pattern : rules_.dropped_types) {
    if (fnmatch(pattern.c_str(), type.c_str(), 0) != 0) continue;
    ++counts_.dropped_objects;
    counts_.bytes_dropped += object.size;
    return true;
  }
  return false;
}

void RecordStripper::StripValue(const DumpRecord& object) {
  if (rules_.values == ValueLimit::kNone) return;
  if (object.value.data() == nullptr || needed_.Needs(object)) return;
  if (rules_.values == ValueLimit::kDrop) {
    ++counts_.values_dropped;
    changes_.push_back({"value", ""});
    return;
  }
  // A character has at least one byte, in the dump as well.
  if (object.value.size() <= rules_.num_characters) return;
  const absl::string_view written = MemberValue(
      absl::string_view(object.text.data(), object.text.size()), "value");
  if (written.empty() || written.front() != '"') return;
  const std::string cut = CutString(written, rules_.num_characters);
  if (cut == written) return;
  ++counts_.values_cut;
  changes_.push_back({"value", absl::StrCat("\"value\": ", cut)});
}

void RecordStripper::StripReferences(const DumpRecord& object) {
  const uint64_t limit = rules_.max_references;
  if (limit == 0 || object.refs.size() <= limit) return;
  const LimitedReferences limited = LimitReferences(object, limit);
  if (limited.num_left_out == 0) return;
  counts_.references += limited.num_left_out;
  if (object.pairs > 0) {
    changes_.push_back(
        {"pairs", limited.num_pairs == 0
                      ? ""
                      : absl::StrCat("\"pairs\": ", limited.num_pairs)});
  }
  changes_.push_back(
      {"refs", absl::StrCat("\"refs\": [", absl::StrJoin(limited.refs, ", "),
                            "], \"refs_left_out\": ",
                            object.refs_left_out + limited.num_left_out)});
  changes_.push_back({"refs_left_out", ""});
  if (object.inside > 0) {
    changes_.push_back(
        {"inside", limited.num_inside == 0
                       ? ""
                       : absl::StrCat("\"inside\": ", limited.num_inside)});
  }
  changes_.push_back(
      {"names", limited.names.empty()
                    ? ""
                    : absl::StrCat("\"names\": [",
                                   absl::StrJoin(limited.names, ", "), "]")});
}

std::string RecordStripper::StripEnd(const EndRecord& end) const {
  const uint64_t num_gone = counts_.repeated_objects + counts_.dropped_objects;
  if (num_gone == 0) return end.text;
  // An end record that contradicts the dump shall go on to do so.
  std::string counts = absl::StrCat(
      "\"end\": ", end.num_objects - std::min(end.num_objects, num_gone),
      ", \"size\": ", end.size - counts_.bytes_left_out);
  std::vector<MemberChange> changes = {{"size", ""}};
  if (counts_.dropped_objects > 0) {
    absl::StrAppend(
        &counts, ", \"left_out\": ", end.num_left_out + counts_.dropped_objects,
        ", \"left_out_size\": ", end.left_out_size + counts_.bytes_dropped);
    for (const absl::string_view key :
         {"left_out", "left_out_size", "pymalloc_explained", "malloc_explained",
          "malloc_absent", "native_explained"}) {
      changes.push_back({key, ""});
    }
  }
  changes.push_back({"end", std::move(counts)});
  return ChangeMembers(end.text, changes);
}

}  // namespace heapgrind

#include "converter/commands/strip/limited_references.h"

#include <algorithm>
#include <cstddef>

#include "converter/commands/strip/line_edit.h"
#include "converter/json/json_members.h"
#include "converter/load/shape_key.h"

namespace heapgrind {
namespace {

// The elements of the list of names, as they stand.
std::vector<absl::string_view> WrittenNames(const DumpRecord& object) {
  std::vector<absl::string_view> names;
  if (object.names.empty()) return names;
  const absl::string_view text(object.text.data(), object.text.size());
  JsonElements elements(MemberValue(text, "names"));
  for (absl::string_view name; elements.Next(&name);) names.push_back(name);
  return names;
}

}  // namespace

LimitedReferences LimitReferences(const DumpRecord& object, uint64_t limit) {
  LimitedReferences limited;
  const uint64_t num_pairs =
      std::min<uint64_t>(NumPairsOfRecord(object), object.refs.size() / 2);
  limited.num_pairs = std::min(num_pairs, limit / 2);
  limited.refs.assign(object.refs.begin(),
                      object.refs.begin() + 2 * limited.num_pairs);
  limited.num_left_out = 2 * (num_pairs - limited.num_pairs);
  uint64_t num_counted = 2 * limited.num_pairs;
  const std::vector<absl::string_view> names = WrittenNames(object);
  for (size_t i = 2 * num_pairs; i < object.refs.size(); ++i) {
    const size_t place = i - 2 * num_pairs;
    const bool is_listed = place < names.size();
    const bool is_named = is_listed && object.names[place].data() != nullptr;
    if (!is_named && num_counted == limit) {
      ++limited.num_left_out;
      continue;
    }
    if (!is_named) ++num_counted;
    limited.refs.push_back(object.refs[i]);
    if (i + object.inside >= object.refs.size()) ++limited.num_inside;
    if (is_listed) limited.names.push_back(names[place]);
  }
  return limited;
}

}  // namespace heapgrind

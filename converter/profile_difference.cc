#include "converter/profile_difference.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace heapgrind {
namespace {

// A label of `before`, with its texts in another table.
Label Translate(Label label, const StringTable& from, StringTable* to) {
  for (StringId* const text : {&label.type, &label.text, &label.own_name,
                               &label.place, &label.sharers}) {
    if (*text != kNoString) *text = to->Intern(from.Text(*text));
  }
  return label;
}

void CompareSelf(ProfileNode* node) {
  const uint64_t before = node->self_change.before;
  const uint64_t after = node->self.bytes;
  node->self_change.grown = after > before ? after - before : 0;
  node->self_change.shrunk = before > after ? before - after : 0;
}

}  // namespace

ProfileTree JoinProfiles(const BaseProfile& before, const ProfileTree& after,
                         StringTable* strings) {
  ProfileTree joined = after;
  absl::flat_hash_map<std::pair<uint32_t, Label>, uint32_t> function_of;
  for (uint32_t i = 1; i < after.nodes.size(); ++i) {
    function_of.emplace(std::pair(after.nodes[i].parent, after.nodes[i].label),
                        i);
  }
  std::vector<uint32_t> place(before.tree.nodes.size());
  for (uint32_t i = 0; i < before.tree.nodes.size(); ++i) {
    const ProfileNode& old = before.tree.nodes[i];
    if (i > 0) {
      const Label label = Translate(old.label, before.strings, strings);
      const auto [entry, is_new] =
          function_of.try_emplace(std::pair(place[old.parent], label),
                                  static_cast<uint32_t>(joined.nodes.size()));
      place[i] = entry->second;
      if (is_new) {
        joined.nodes.emplace_back();
        joined.nodes.back().parent = place[old.parent];
        joined.nodes.back().label = label;
      }
    }
    ProfileNode& node = joined.nodes[place[i]];
    node.is_recursive |= old.is_recursive;
    node.num_topmost = std::max(node.num_topmost, old.num_topmost);
    node.self.objects = std::max(node.self.objects, old.self.objects);
    node.self_change.before += old.self.bytes;
  }
  for (ProfileNode& node : joined.nodes) CompareSelf(&node);
  SumInclusiveCosts(&joined);
  return joined;
}

ProfileTree PruneJoined(const ProfileTree& joined, const PruneLimits& limits,
                        StringTable* strings) {
  FunctionSizes sizes;
  for (const ProfileNode& node : joined.nodes) {
    sizes.parent.push_back(node.parent);
    sizes.type.push_back(node.label.type);
    sizes.self_bytes.push_back(
        std::max(node.self.bytes, node.self_change.before));
  }
  const Rows rows = Prune(sizes, limits, strings);
  ProfileTree pruned;
  for (const Row& row : rows.rows) {
    ProfileNode node;
    if (row.function != kNoFunction) node = joined.nodes[row.function];
    if (row.function == kNoFunction) node.label.type = row.type;
    node.parent = row.parent;
    node.self = Cost();
    node.self_change = CostChange();
    node.num_pruned = row.num_pruned;
    node.num_pruned_types = row.num_pruned_types;
    pruned.nodes.push_back(node);
  }
  for (uint32_t i = 0; i < joined.nodes.size(); ++i) {
    ProfileNode& row = pruned.nodes[rows.row_of_function[i]];
    row.self += joined.nodes[i].self;
    row.self_change += joined.nodes[i].self_change;
    if (row.num_pruned > 0) row.num_topmost = row.self.objects;
  }
  SumInclusiveCosts(&pruned);
  return pruned;
}

}  // namespace heapgrind

#include "converter/profile/joined_profiles.h"

#include <algorithm>
#include <string>
#include <string_view>
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

class Joiner {
 public:
  Joiner() { joined_.nodes.resize(1); }

  // The place in the joined tree of the next function of a tree, with its
  // owner's place and its label.  0 is main.
  uint32_t Place(uint32_t owner, const Label& label) {
    const auto [entry, is_new] =
        function_of_.try_emplace(std::pair(owner, WithoutPlace(label)),
                                 static_cast<uint32_t>(joined_.nodes.size()));
    if (is_new) {
      joined_.nodes.emplace_back();
      joined_.nodes.back().parent = owner;
      joined_.nodes.back().label = label;
    }
    return entry->second;
  }

  ProfileTree& joined() { return joined_; }

 private:
  // Where a frame or a generator is changes while it runs.
  static Label WithoutPlace(Label label) {
    label.place = kNoString;
    return label;
  }

  ProfileTree joined_;
  absl::flat_hash_map<std::pair<uint32_t, Label>, uint32_t> function_of_;
};

void AddHeap(const ProfileTree& heap, Joiner* joiner) {
  std::vector<uint32_t> place(heap.nodes.size());
  for (uint32_t i = 0; i < heap.nodes.size(); ++i) {
    const ProfileNode& function = heap.nodes[i];
    if (i > 0) {
      place[i] = joiner->Place(place[function.parent], function.label);
    }
    ProfileNode& node = joiner->joined().nodes[place[i]];
    node.is_recursive |= function.is_recursive;
    node.num_topmost += function.num_topmost;
    node.example = std::min(node.example, function.example);
    node.self += function.self;
  }
}

void AddBefore(const BaseProfile& before, StringTable* strings,
               Joiner* joiner) {
  std::vector<uint32_t> place(before.tree.nodes.size());
  for (uint32_t i = 0; i < before.tree.nodes.size(); ++i) {
    const ProfileNode& old = before.tree.nodes[i];
    if (i > 0) {
      place[i] = joiner->Place(place[old.parent],
                               Translate(old.label, before.strings, strings));
    }
    ProfileNode& node = joiner->joined().nodes[place[i]];
    node.is_recursive |= old.is_recursive;
    node.num_topmost = std::max(node.num_topmost, old.num_topmost);
    node.self.objects = std::max(node.self.objects, old.self.objects);
    node.self_change.before += old.self.bytes;
  }
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
  Joiner joiner;
  AddHeap(after, &joiner);
  AddBefore(before, strings, &joiner);
  ProfileTree& joined = joiner.joined();
  for (ProfileNode& node : joined.nodes) CompareSelf(&node);
  SumInclusiveCosts(&joined);
  return std::move(joined);
}

ProfileTree SumProfiles(const BaseProfile& others, const ProfileTree& last,
                        StringTable* strings) {
  Joiner joiner;
  AddHeap(last, &joiner);
  ProfileTree translated = others.tree;
  for (ProfileNode& node : translated.nodes) {
    node.label = Translate(node.label, others.strings, strings);
    node.example = kNoNode;
  }
  AddHeap(translated, &joiner);
  SumInclusiveCosts(&joiner.joined());
  return std::move(joiner.joined());
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

#include "converter/prune.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "absl/container/flat_hash_set.h"

namespace heapgrind {
namespace {

constexpr uint32_t kNone = UINT32_MAX;

// The functions from the largest to the smallest; a parent before its children.
std::vector<uint32_t> BySize(const ProfileTree& tree) {
  std::vector<uint32_t> order(tree.nodes.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&tree](uint32_t a, uint32_t b) {
    const uint64_t bytes_of_a = tree.nodes[a].inclusive.bytes;
    const uint64_t bytes_of_b = tree.nodes[b].inclusive.bytes;
    return bytes_of_a != bytes_of_b ? bytes_of_a > bytes_of_b : a < b;
  });
  return order;
}

// Which of the `num_wanted` largest functions stay.  A function goes with its
// parent; the last callee's place is kept free for the small ones.
std::vector<bool> Choose(const ProfileTree& tree,
                         const std::vector<uint32_t>& order, size_t num_wanted,
                         const PruneLimits& limits) {
  const double min_bytes = limits.min_percent / 100 *
                           static_cast<double>(tree.nodes[0].inclusive.bytes);
  std::vector<bool> kept(tree.nodes.size());
  std::vector<uint32_t> num_callees(tree.nodes.size());
  kept[0] = true;
  for (size_t i = 0; i < num_wanted; ++i) {
    const uint32_t place = order[i];
    const ProfileNode& node = tree.nodes[place];
    if (place == 0 || !kept[node.parent]) continue;
    if (static_cast<double>(node.inclusive.bytes) < min_bytes) break;
    if (num_callees[node.parent] + 1 >= limits.max_callees) continue;
    kept[place] = true;
    ++num_callees[node.parent];
  }
  return kept;
}

// Functions in the pruned tree: those kept, and one for the rest of each.
size_t CountFunctions(const ProfileTree& tree, const std::vector<bool>& kept) {
  std::vector<bool> has_rest(tree.nodes.size());
  size_t count = 1;
  for (size_t i = 1; i < tree.nodes.size(); ++i) {
    const uint32_t parent = tree.nodes[i].parent;
    if (kept[i]) {
      ++count;
    } else if (kept[parent] && !has_rest[parent]) {
      has_rest[parent] = true;
      ++count;
    }
  }
  return count;
}

std::vector<bool> ChooseWithinLimits(const ProfileTree& tree,
                                     const PruneLimits& limits) {
  const std::vector<uint32_t> order = BySize(tree);
  size_t fits = 1;  // main alone, and the rest.
  size_t too_many = order.size() + 1;
  std::vector<bool> kept = Choose(tree, order, order.size(), limits);
  if (CountFunctions(tree, kept) <= limits.max_functions) return kept;
  while (too_many - fits > 1) {
    const size_t middle = fits + (too_many - fits) / 2;
    kept = Choose(tree, order, middle, limits);
    (CountFunctions(tree, kept) <= limits.max_functions ? fits : too_many) =
        middle;
  }
  return Choose(tree, order, fits, limits);
}

class PrunedTree {
 public:
  PrunedTree(const ProfileTree& tree, const std::vector<bool>& kept,
             StringTable* strings)
      : tree_(tree),
        kept_(kept),
        small_(strings->Intern("small")),
        place_(tree.nodes.size(), kNone),
        rest_of_(tree.nodes.size(), kNone) {}

  ProfileTree Build() {
    for (uint32_t i = 0; i < tree_.nodes.size(); ++i) {
      if (kept_[i]) {
        Keep(i);
      } else {
        Gather(i);
      }
    }
    for (size_t i = 0; i < types_.size(); ++i) {
      if (!types_[i].empty()) {
        result_.nodes[i].num_pruned_types = types_[i].size();
      }
    }
    SumInclusiveCosts(&result_);
    return std::move(result_);
  }

 private:
  void Keep(uint32_t i) {
    place_[i] = Append(tree_.nodes[i]);
    result_.nodes[place_[i]].parent = place_[tree_.nodes[i].parent];
  }

  void Gather(uint32_t i) {
    const ProfileNode& node = tree_.nodes[i];
    if (!kept_[node.parent]) {
      place_[i] = place_[node.parent];
    } else {
      if (rest_of_[node.parent] == kNone) {
        rest_of_[node.parent] = AppendRest(place_[node.parent]);
      }
      place_[i] = rest_of_[node.parent];
      result_.nodes[place_[i]].num_topmost += node.num_topmost;
    }
    ProfileNode& rest = result_.nodes[place_[i]];
    rest.self += node.self;
    ++rest.num_pruned;
    types_[place_[i]].insert(node.label.type);
  }

  uint32_t AppendRest(uint32_t parent) {
    ProfileNode rest;
    rest.parent = parent;
    rest.label.type = small_;
    return Append(rest);
  }

  uint32_t Append(const ProfileNode& node) {
    result_.nodes.push_back(node);
    types_.emplace_back();
    return static_cast<uint32_t>(result_.nodes.size() - 1);
  }

  const ProfileTree& tree_;
  const std::vector<bool>& kept_;
  const StringId small_;
  std::vector<uint32_t> place_;    // By old place.
  std::vector<uint32_t> rest_of_;  // By old place of the parent.
  std::vector<absl::flat_hash_set<StringId>> types_;  // By new place.
  ProfileTree result_;
};

}  // namespace

ProfileTree Prune(const ProfileTree& tree, const PruneLimits& limits,
                  StringTable* strings) {
  const std::vector<bool> kept = ChooseWithinLimits(tree, limits);
  return PrunedTree(tree, kept, strings).Build();
}

ProfileTree PruneToSingleObjects(const ProfileTree& tree,
                                 StringTable* strings) {
  std::vector<bool> kept(tree.nodes.size());
  kept[0] = true;
  for (size_t i = tree.nodes.size(); i-- > 1;) {
    if (tree.nodes[i].label.object != kNoNode) kept[i] = true;
    if (kept[i]) kept[tree.nodes[i].parent] = true;
  }
  return PrunedTree(tree, kept, strings).Build();
}

}  // namespace heapgrind

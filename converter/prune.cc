#include "converter/prune.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

namespace heapgrind {
namespace {

constexpr uint32_t kNone = UINT32_MAX;

// Of the size of a small function: rows of one type go further down, because
// they are what sums by type are made of.
constexpr double kSmallestRow = 0.1;

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

// What is smaller than this is small, bytes.
double MinBytes(const ProfileTree& tree, const PruneLimits& limits) {
  return limits.min_percent / 100 *
         static_cast<double>(tree.nodes[0].inclusive.bytes);
}

// Which of the `num_wanted` largest functions stay.  A function goes with its
// parent; the last callee's place is kept free for the small ones.
std::vector<bool> Choose(const ProfileTree& tree,
                         const std::vector<uint32_t>& order, size_t num_wanted,
                         const PruneLimits& limits) {
  const double min_bytes = MinBytes(tree, limits);
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

// The small functions of one type below one function.
struct SmallRow {
  uint32_t parent;  // A function that stays.
  StringId type;
  uint64_t bytes;
};

class PrunedTree {
 public:
  PrunedTree(const ProfileTree& tree, const std::vector<bool>& kept,
             StringTable* strings)
      : tree_(tree),
        kept_(kept),
        strings_(strings),
        small_(strings->Intern("small")),
        anchor_(tree.nodes.size()),
        place_(tree.nodes.size(), kNone),
        rest_of_(tree.nodes.size(), kNone) {
    for (uint32_t i = 0; i < tree.nodes.size(); ++i) {
      anchor_[i] = kept[i] ? i : anchor_[tree.nodes[i].parent];
    }
  }

  // Gives the largest types of small functions rows of their own.
  void SplitByType(const PruneLimits& limits) {
    const double min_bytes = MinBytes(tree_, limits) * kSmallestRow;
    const size_t num_functions = CountFunctions(tree_, kept_);
    size_t num_left = limits.max_functions -
                      std::min<size_t>(limits.max_functions, num_functions);
    std::vector<uint64_t> num_callees = CountCallees();
    for (const SmallRow& row : SmallRows()) {
      if (num_left == 0 || static_cast<double>(row.bytes) < min_bytes) break;
      if (num_callees[row.parent] >= limits.max_callees) continue;
      row_of_type_[{row.parent, row.type}] = kNone;
      ++num_callees[row.parent];
      --num_left;
    }
  }

  ProfileTree Build() {
    for (uint32_t i = 0; i < tree_.nodes.size(); ++i) {
      if (kept_[i]) {
        Keep(i);
      } else {
        Gather(i);
      }
    }
    for (size_t i = 0; i < types_.size(); ++i) {
      ProfileNode& node = result_.nodes[i];
      if (node.num_pruned == 0) continue;
      node.num_topmost = node.self.objects;
      if (node.label.type == small_) node.num_pruned_types = types_[i].size();
    }
    SumInclusiveCosts(&result_);
    return std::move(result_);
  }

 private:
  // The small functions by function above and type, the largest first.
  std::vector<SmallRow> SmallRows() const {
    absl::flat_hash_map<std::pair<uint32_t, StringId>, uint64_t> bytes;
    for (uint32_t i = 0; i < tree_.nodes.size(); ++i) {
      if (kept_[i]) continue;
      const ProfileNode& node = tree_.nodes[i];
      bytes[{anchor_[i], node.label.type}] += node.self.bytes;
    }
    std::vector<SmallRow> rows;
    for (const auto& [key, sum] : bytes) {
      rows.push_back({key.first, key.second, sum});
    }
    std::sort(rows.begin(), rows.end(),
              [this](const SmallRow& a, const SmallRow& b) {
                if (a.bytes != b.bytes) return a.bytes > b.bytes;
                if (a.parent != b.parent) return a.parent < b.parent;
                return strings_->Text(a.type) < strings_->Text(b.type);
              });
    return rows;
  }

  // By function that stays: its callees that stay, and one for the rest.
  std::vector<uint64_t> CountCallees() const {
    std::vector<uint64_t> num_callees(tree_.nodes.size(), 1);
    for (uint32_t i = 1; i < tree_.nodes.size(); ++i) {
      if (kept_[i]) ++num_callees[tree_.nodes[i].parent];
    }
    return num_callees;
  }

  void Keep(uint32_t i) {
    place_[i] = Append(tree_.nodes[i]);
    result_.nodes[place_[i]].parent = place_[tree_.nodes[i].parent];
  }

  void Gather(uint32_t i) {
    const ProfileNode& node = tree_.nodes[i];
    const uint32_t row = RowFor(anchor_[i], node.label.type);
    result_.nodes[row].self += node.self;
    ++result_.nodes[row].num_pruned;
    types_[row].insert(node.label.type);
  }

  // Where the small functions of `type` below `parent` go.
  uint32_t RowFor(uint32_t parent, StringId type) {
    const auto own = row_of_type_.find({parent, type});
    const bool has_own = own != row_of_type_.end();
    uint32_t& row = has_own ? own->second : rest_of_[parent];
    if (row == kNone) {
      ProfileNode node;
      node.parent = place_[parent];
      node.label.type = has_own ? type : small_;
      row = Append(node);
    }
    return row;
  }

  uint32_t Append(const ProfileNode& node) {
    result_.nodes.push_back(node);
    types_.emplace_back();
    return static_cast<uint32_t>(result_.nodes.size() - 1);
  }

  const ProfileTree& tree_;
  const std::vector<bool>& kept_;
  const StringTable* const strings_;
  const StringId small_;
  std::vector<uint32_t> anchor_;   // By old place: the nearest that stays.
  std::vector<uint32_t> place_;    // By old place.
  std::vector<uint32_t> rest_of_;  // By old place: the new place of its rest.
  // By old place and type: the new place of the row.
  absl::flat_hash_map<std::pair<uint32_t, StringId>, uint32_t> row_of_type_;
  std::vector<absl::flat_hash_set<StringId>> types_;  // By new place.
  ProfileTree result_;
};

}  // namespace

ProfileTree Prune(const ProfileTree& tree, const PruneLimits& limits,
                  StringTable* strings) {
  const std::vector<bool> kept = ChooseWithinLimits(tree, limits);
  PrunedTree pruned(tree, kept, strings);
  pruned.SplitByType(limits);
  return pruned.Build();
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

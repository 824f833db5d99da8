#include "converter/profile/prune.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "converter/profile/small_groups.h"

namespace heapgrind {
namespace {

constexpr uint32_t kNone = UINT32_MAX;

// Of the size of a small function: rows of one type go further down, because
// they are what sums by type are made of.
constexpr double kSmallestRow = 0.1;

std::vector<uint64_t> InclusiveBytes(const FunctionSizes& functions) {
  std::vector<uint64_t> bytes = functions.self_bytes;
  for (size_t i = bytes.size(); i-- > 1;) {
    bytes[functions.parent[i]] += bytes[i];
  }
  return bytes;
}

std::vector<uint32_t> CountCallees(const FunctionSizes& functions) {
  std::vector<uint32_t> num_callees(functions.size());
  for (size_t i = 1; i < functions.size(); ++i) {
    ++num_callees[functions.parent[i]];
  }
  return num_callees;
}

// The functions of at least `min_bytes`, from the largest to the smallest; a
// parent before its children.
std::vector<uint32_t> LargeFunctions(const std::vector<uint64_t>& bytes,
                                     double min_bytes) {
  std::vector<uint32_t> order;
  for (uint32_t i = 0; i < bytes.size(); ++i) {
    if (static_cast<double>(bytes[i]) >= min_bytes) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&bytes](uint32_t a, uint32_t b) {
    return bytes[a] != bytes[b] ? bytes[a] > bytes[b] : a < b;
  });
  return order;
}

// Which functions stay, and how many rows they and their rests take.
struct Choice {
  std::vector<bool> is_kept;
  size_t num_rows = 0;
  double min_bytes = 0;  // Smaller functions do not.
};

// Keeps one function after the other until the next would be one row too many.
// A function goes with its parent; the last callee's place is kept free for the
// small ones.
Choice Choose(const FunctionSizes& functions, const PruneLimits& limits) {
  const std::vector<uint64_t> bytes = InclusiveBytes(functions);
  const std::vector<uint32_t> num_callees = CountCallees(functions);
  std::vector<uint32_t> num_kept(functions.size());  // Of callees.
  Choice choice;
  choice.min_bytes = limits.min_percent / 100 * static_cast<double>(bytes[0]);
  choice.is_kept.resize(functions.size());
  choice.is_kept[0] = true;
  choice.num_rows = num_callees[0] > 0 ? 2 : 1;
  for (const uint32_t function : LargeFunctions(bytes, choice.min_bytes)) {
    const uint32_t parent = functions.parent[function];
    const bool may_stay = function != 0 && choice.is_kept[parent] &&
                          num_kept[parent] + 1 < limits.max_callees;
    if (!may_stay) continue;
    // It may bring a rest of its own, and be the last of its parent's.
    const bool has_rest = num_callees[function] > 0;
    const bool ends_rest = num_kept[parent] + 1 == num_callees[parent];
    const size_t num_rows = choice.num_rows + 1 + has_rest - ends_rest;
    if (num_rows > limits.max_functions) break;
    choice.num_rows = num_rows;
    choice.is_kept[function] = true;
    ++num_kept[parent];
  }
  return choice;
}

class Pruning {
 public:
  Pruning(const FunctionSizes& functions, const std::vector<bool>& is_kept,
          StringTable* strings)
      : functions_(functions),
        is_kept_(is_kept),
        strings_(*strings),
        small_(strings->Intern("small")) {
    SmallGroups small = GroupSmallFunctions(functions, is_kept, *strings);
    groups_ = std::move(small.groups);
    has_row_.resize(groups_.size());
    row_of_group_.assign(groups_.size(), kNone);
    result_.row_of_function = std::move(small.group_of_function);
    result_.row_of_function[0] = 0;  // Main is its own parent.
  }

  // Gives the largest groups rows of their own: as many as there is room for
  // beside those of `choice`.
  void SplitByType(const PruneLimits& limits, const Choice& choice) {
    size_t num_left = limits.max_functions -
                      std::min<size_t>(limits.max_functions, choice.num_rows);
    std::vector<uint32_t> num_callees = CountKeptCallees();
    for (const uint32_t group : LargeGroups(choice.min_bytes * kSmallestRow)) {
      if (num_left == 0) break;
      if (num_callees[groups_[group].parent] >= limits.max_callees) continue;
      has_row_[group] = true;
      ++num_callees[groups_[group].parent];
      --num_left;
    }
  }

  // Makes the rows in the order of their first functions.
  Rows Build() {
    for (uint32_t i = 0; i < functions_.size(); ++i) {
      uint32_t& place =
          result_.row_of_function[i];  // Of a small one its group.
      place = is_kept_[i] ? Keep(i) : RowOfGroup(place);
    }
    return std::move(result_);
  }

 private:
  // The groups of at least `min_bytes`, the largest first.
  std::vector<uint32_t> LargeGroups(double min_bytes) const {
    std::vector<uint32_t> order;
    for (uint32_t i = 0; i < groups_.size(); ++i) {
      if (static_cast<double>(groups_[i].bytes) >= min_bytes) {
        order.push_back(i);
      }
    }
    std::sort(order.begin(), order.end(), [this](uint32_t i, uint32_t j) {
      const SmallGroup& a = groups_[i];
      const SmallGroup& b = groups_[j];
      if (a.bytes != b.bytes) return a.bytes > b.bytes;
      if (a.parent != b.parent) return a.parent < b.parent;
      return strings_.Text(a.type) < strings_.Text(b.type);
    });
    return order;
  }

  // By function that stays: its callees that stay, and one for the rest.
  std::vector<uint32_t> CountKeptCallees() const {
    std::vector<uint32_t> num_callees(functions_.size(), 1);
    for (uint32_t i = 1; i < functions_.size(); ++i) {
      if (is_kept_[i]) ++num_callees[functions_.parent[i]];
    }
    return num_callees;
  }

  uint32_t Keep(uint32_t function) {
    Row row;
    row.parent = result_.row_of_function[functions_.parent[function]];
    row.function = function;
    return Append(row);
  }

  uint32_t RowOfGroup(uint32_t index) {
    uint32_t& place = row_of_group_[index];
    if (place != kNone) return place;
    const SmallGroup& group = groups_[index];
    place = has_row_[index] ? Gather(group.parent, group.type)
                            : RestOf(group.parent);
    Row& row = result_.rows[place];
    row.num_pruned += group.num_functions;
    if (!has_row_[index]) ++row.num_pruned_types;
    return place;
  }

  uint32_t RestOf(uint32_t parent) {
    const auto [entry, is_new] = rest_of_.try_emplace(parent);
    if (is_new) entry->second = Gather(parent, small_);
    return entry->second;
  }

  uint32_t Gather(uint32_t parent, StringId type) {
    Row row;
    row.parent = result_.row_of_function[parent];
    row.type = type;
    return Append(row);
  }

  uint32_t Append(const Row& row) {
    result_.rows.push_back(row);
    return static_cast<uint32_t>(result_.rows.size() - 1);
  }

  const FunctionSizes& functions_;
  const std::vector<bool>& is_kept_;
  const StringTable& strings_;
  const StringId small_;
  std::vector<SmallGroup> groups_;
  std::vector<bool> has_row_;           // By group: of its own.
  std::vector<uint32_t> row_of_group_;  // Its own, or that of the rest.
  absl::flat_hash_map<uint32_t, uint32_t> rest_of_;  // By function that stays.
  Rows result_;
};

}  // namespace

Rows Prune(const FunctionSizes& functions, const PruneLimits& limits,
           StringTable* strings) {
  const Choice choice = Choose(functions, limits);
  Pruning pruning(functions, choice.is_kept, strings);
  pruning.SplitByType(limits, choice);
  return pruning.Build();
}

Rows PruneTo(const FunctionSizes& functions, std::vector<bool> is_wanted,
             StringTable* strings) {
  is_wanted[0] = true;
  for (size_t i = functions.size(); i-- > 1;) {
    if (is_wanted[i]) is_wanted[functions.parent[i]] = true;
  }
  return Pruning(functions, is_wanted, strings).Build();
}

Rows KeepAll(const FunctionSizes& functions) {
  Rows rows;
  for (uint32_t i = 0; i < functions.size(); ++i) {
    Row row;
    row.parent = functions.parent[i];
    row.function = i;
    rows.rows.push_back(row);
    rows.row_of_function.push_back(i);
  }
  return rows;
}

}  // namespace heapgrind

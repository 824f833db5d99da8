#include "converter/profile/prune.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace heapgrind {
namespace {

constexpr uint32_t kNone = UINT32_MAX;

// Of the size of a small function: rows of one type go further down, because
// they are what sums by type are made of.
constexpr double kSmallestRow = 0.1;

// How many functions ahead memory is fetched.
constexpr uint32_t kAhead = 8;

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
};

// Keeps one function after the other until the next would be one row too many.
// A function goes with its parent; the last callee's place is kept free for the
// small ones.
Choice Choose(const FunctionSizes& functions, const PruneLimits& limits,
              double min_bytes, const std::vector<uint64_t>& bytes) {
  const std::vector<uint32_t> num_callees = CountCallees(functions);
  std::vector<uint32_t> num_kept(functions.size());  // Of callees.
  Choice choice;
  choice.is_kept.resize(functions.size());
  choice.is_kept[0] = true;
  choice.num_rows = num_callees[0] > 0 ? 2 : 1;
  for (const uint32_t function : LargeFunctions(bytes, min_bytes)) {
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

// The small functions of one type below one function that stays.
struct SmallGroup {
  uint32_t parent;  // The function.
  StringId type;
  uint64_t bytes = 0;
  bool has_row = false;  // Of its own; else it goes with the rest.
  uint32_t row = kNone;  // Of its own.
};

class Pruning {
 public:
  Pruning(const FunctionSizes& functions, const std::vector<bool>& is_kept,
          StringTable* strings)
      : functions_(functions),
        is_kept_(is_kept),
        strings_(*strings),
        small_(strings->Intern("small")),
        group_of_function_(functions.size(), kNone) {
    FindGroups();
  }

  // Gives the largest groups rows of their own: as many as there is room for
  // beside `num_rows`.
  void SplitByType(const PruneLimits& limits, double min_bytes,
                   size_t num_rows) {
    size_t num_left =
        limits.max_functions - std::min<size_t>(limits.max_functions, num_rows);
    std::vector<uint32_t> num_callees = CountKeptCallees();
    for (const uint32_t group : LargeGroups(min_bytes * kSmallestRow)) {
      if (num_left == 0) break;
      if (num_callees[groups_[group].parent] >= limits.max_callees) continue;
      groups_[group].has_row = true;
      ++num_callees[groups_[group].parent];
      --num_left;
    }
  }

  Rows Build() {
    result_.row_of_function.resize(functions_.size());
    rest_of_.assign(functions_.size(), kNone);
    for (uint32_t i = 0; i < functions_.size(); ++i) {
      result_.row_of_function[i] = is_kept_[i] ? Keep(i) : Gather(i);
    }
    for (const SmallGroup& group : groups_) {
      if (group.has_row) continue;
      ++result_.rows[rest_of_[group.parent]].num_pruned_types;
    }
    return std::move(result_);
  }

 private:
  void FindGroups() {
    // By function: the nearest above that stays, itself included.
    std::vector<uint32_t> anchor(functions_.size());
    for (uint32_t i = 0; i < functions_.size(); ++i) {
      anchor[i] = is_kept_[i] ? i : anchor[functions_.parent[i]];
    }
    absl::flat_hash_map<std::pair<uint32_t, StringId>, uint32_t> group_of;
    for (uint32_t i = 0; i < functions_.size(); ++i) {
      if (i + kAhead < functions_.size() && !is_kept_[i + kAhead]) {
        group_of.prefetch(
            std::pair(anchor[i + kAhead], functions_.type[i + kAhead]));
      }
      if (is_kept_[i]) continue;
      const StringId type = functions_.type[i];
      const auto [entry, is_new] = group_of.try_emplace(
          {anchor[i], type}, static_cast<uint32_t>(groups_.size()));
      if (is_new) groups_.push_back({anchor[i], type});
      groups_[entry->second].bytes += functions_.self_bytes[i];
      group_of_function_[i] = entry->second;
    }
  }

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

  uint32_t Gather(uint32_t function) {
    SmallGroup& group = groups_[group_of_function_[function]];
    uint32_t& place = group.has_row ? group.row : rest_of_[group.parent];
    if (place == kNone) {
      Row row;
      row.parent = result_.row_of_function[group.parent];
      row.type = group.has_row ? group.type : small_;
      place = Append(row);
    }
    ++result_.rows[place].num_pruned;
    return place;
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
  std::vector<uint32_t> group_of_function_;  // kNone for those that stay.
  std::vector<uint32_t> rest_of_;  // By function: the row of its rest.
  Rows result_;
};

}  // namespace

Rows Prune(const FunctionSizes& functions, const PruneLimits& limits,
           StringTable* strings) {
  const std::vector<uint64_t> bytes = InclusiveBytes(functions);
  const double min_bytes =
      limits.min_percent / 100 * static_cast<double>(bytes[0]);
  const Choice choice = Choose(functions, limits, min_bytes, bytes);
  Pruning pruning(functions, choice.is_kept, strings);
  pruning.SplitByType(limits, min_bytes, choice.num_rows);
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

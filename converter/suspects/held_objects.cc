#include "converter/suspects/held_objects.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "converter/python/builtin_types.h"
#include "converter/suspects/instances.h"

namespace heapgrind {
namespace {

// Of the bytes of the rows beside it: what one row must have to be followed,
// and what instances must have of the containers that hold them.
constexpr double kMost = 0.5;
constexpr double kNearlyAll = 0.7;

using RowList = std::vector<uint32_t>;

class HeldObjectsSearch {
 public:
  HeldObjectsSearch(const HeapGraph& graph, const ShownRows& rows,
                    const std::vector<std::vector<uint32_t>>& children,
                    const RowWeights& weights)
      : graph_(graph),
        nodes_(rows.tree.nodes),
        children_(children),
        weights_(weights),
        class_name_(graph.strings.Find("__class__")) {}

  HeldObjects Find(uint32_t holder) const {
    uint32_t row = holder;
    RowList rows = {holder};
    while (IsSingle(row)) {
      const uint32_t next = LargestChild(row);
      if (next == 0 || IsMost(OwnBytes(row), weights_.bytes[row])) {
        return {row, row == holder ? 1 : weights_.objects[row]};
      }
      rows = LargestType({row});
      if (!IsMost(weights_.bytes[next], BytesBelow(row, IsName(next)))) {
        const uint64_t all = BytesBelow(row, /*with_names=*/false);
        if (rows.empty() || !IsMost(Bytes(rows), all)) return HeldObjects();
        break;
      }
      row = next;
      if (rows.empty() || Type(nodes_[row]) != Type(Node(rows))) rows = {row};
    }
    return Count(LastThatHolds(rows));
  }

 private:
  bool IsSingle(uint32_t row) const {
    return nodes_[row].num_topmost == 1 && !nodes_[row].is_recursive;
  }

  // What it weighs without the rows that it owns.
  uint64_t OwnBytes(uint32_t row) const {
    uint64_t below = 0;
    for (const uint32_t child : children_[row]) below += weights_.bytes[child];
    return weights_.bytes[row] - std::min(weights_.bytes[row], below);
  }

  static bool IsMost(uint64_t bytes, uint64_t all) {
    return static_cast<double>(bytes) >= kMost * static_cast<double>(all);
  }

  std::string_view Type(const ProfileNode& row) const {
    return graph_.strings.Text(row.label.type);
  }

  const ProfileNode& Node(const RowList& rows) const {
    return nodes_[rows.front()];
  }

  // Whether it only names what a dictionary holds.
  bool IsName(uint32_t row) const {
    return nodes_[row].label.form == LeafForm::kKey &&
           IsAtomicType(Type(nodes_[row]));
  }

  // Of the rows that `row` owns, without names and what is small, if there are
  // others; 0: it owns none.
  uint32_t LargestChild(uint32_t row) const {
    uint32_t largest = 0;
    bool is_proper = false;
    for (const uint32_t child : children_[row]) {
      if (nodes_[child].num_pruned > 0 || weights_.bytes[child] == 0) continue;
      const bool child_is_proper = !IsName(child);
      if (child_is_proper < is_proper) continue;
      const bool is_better = child_is_proper > is_proper || largest == 0 ||
                             weights_.bytes[child] > weights_.bytes[largest];
      if (!is_better) continue;
      largest = child;
      is_proper = child_is_proper;
    }
    return largest;
  }

  // Of what a row owns, with or without names.
  uint64_t BytesBelow(uint32_t row, bool with_names) const {
    uint64_t bytes = 0;
    for (const uint32_t child : children_[row]) {
      if (with_names || !IsName(child)) bytes += weights_.bytes[child];
    }
    return bytes;
  }

  uint64_t Bytes(const RowList& rows) const {
    uint64_t bytes = 0;
    for (const uint32_t row : rows) bytes += weights_.bytes[row];
    return bytes;
  }

  HeldObjects Count(const RowList& rows) const {
    HeldObjects held = {rows.front(), 0};
    for (const uint32_t row : rows) held.count += weights_.objects[row];
    return held;
  }

  // Of what rows own directly, the rows of the type with most bytes, without
  // names and what is small: the values of a dictionary that keeps its keys,
  // classes.  Empty: they own nothing.
  RowList LargestType(const RowList& rows) const {
    absl::flat_hash_map<StringId, RowList> rows_of_type;
    for (const uint32_t row : rows) {
      for (const uint32_t child : children_[row]) {
        if (nodes_[child].num_pruned > 0 || IsName(child)) continue;
        rows_of_type[nodes_[child].label.type].push_back(child);
      }
    }
    const RowList* largest = nullptr;
    for (const auto& [type, of_type] : rows_of_type) {
      const auto order = [this](const RowList& some) {
        return std::pair(Bytes(some), UINT32_MAX - some.front());
      };
      if (largest == nullptr || order(of_type) > order(*largest)) {
        largest = &of_type;
      }
    }
    return largest == nullptr ? RowList() : *largest;
  }

  // RowList of one type, or what has nearly all of their bytes below them: the
  // instances of a class that containers and methods hold; what is new, if
  // those that hold it are not.
  RowList LastThatHolds(const RowList& rows) const {
    RowList first = rows;  // Of which there are any.
    RowList next = rows;
    while (!IsNew(next) || !IsInstance(graph_, class_name_, Node(next))) {
      if (IsNew(next) && !OnlyHoldsOthers(Type(Node(next)))) return first;
      const uint64_t bytes = Bytes(next);
      next = LargestType(next);
      if (next.empty() || static_cast<double>(Bytes(next)) <
                              kNearlyAll * static_cast<double>(bytes)) {
        return first;
      }
      if (!IsNew(first)) first = next;
    }
    return next;
  }

  bool IsNew(const RowList& rows) const { return Count(rows).count > 0; }

  const HeapGraph& graph_;
  const std::vector<ProfileNode>& nodes_;
  const std::vector<std::vector<uint32_t>>& children_;
  const RowWeights& weights_;
  const StringId class_name_;
};

}  // namespace

HeldObjects FindHeldObjects(const HeapGraph& graph, const ShownRows& rows,
                            const std::vector<std::vector<uint32_t>>& children,
                            const RowWeights& weights, uint32_t holder) {
  return HeldObjectsSearch(graph, rows, children, weights).Find(holder);
}

}  // namespace heapgrind

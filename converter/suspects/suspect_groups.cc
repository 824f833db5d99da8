#include "converter/suspects/suspect_groups.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "converter/suspects/instances.h"
#include "converter/suspects/older_rows.h"

namespace heapgrind {
namespace {

// Of the bytes of a group: what a group inside of it has if that is meant; what
// objects with one pattern have.
constexpr double kNearlyAll = 0.7;

class GroupSearch {
 public:
  GroupSearch(const HeapGraph& graph, const ShownRows& rows,
              const RowWeights& weights, const std::vector<bool>& is_of_library,
              const Holders& holders)
      : graph_(graph),
        rows_(rows),
        nodes_(rows.tree.nodes),
        weights_(weights),
        is_of_library_(is_of_library),
        holder_of_row_(holders.of_row),
        class_name_(graph.strings.Find("__class__")) {
    is_taken_.resize(nodes_.size());
    for (const Holder& holder : holders.large) is_taken_[holder.row] = true;
    for (uint32_t i = 1; i < nodes_.size(); ++i) {
      if (is_taken_[nodes_[i].parent]) is_taken_[i] = true;
    }
    for (const Holder& holder : holders.large) {
      for (uint32_t i = holder.row; i != 0; i = nodes_[i].parent) {
        is_taken_[i] = true;
      }
    }
  }

  std::vector<SuspectGroup> Find(uint64_t least_bytes) const {
    std::vector<SuspectGroup> groups;
    for (auto& [type, group] : GroupsByType()) {
      Complete(&group);
      const bool is_group =
          group.owners.size() > 1 && group.bytes >= least_bytes;
      if (is_group) groups.push_back(std::move(group));
    }
    std::sort(groups.begin(), groups.end(),
              [](const SuspectGroup& a, const SuspectGroup& b) {
                return a.bytes != b.bytes ? a.bytes > b.bytes : a.rows < b.rows;
              });
    return WithoutOverlaps(WithoutOuter(std::move(groups)));
  }

 private:
  absl::flat_hash_map<StringId, SuspectGroup> GroupsByType() const {
    absl::flat_hash_map<StringId, SuspectGroup> groups;
    for (uint32_t i = 1; i < nodes_.size(); ++i) {
      const StringId type = nodes_[i].label.type;
      if (!IsMember(i) || IsInside(type, i)) continue;
      SuspectGroup& group = groups[type];
      group.rows.push_back(i);
      group.count += weights_.objects[i];
      group.bytes += weights_.bytes[i];
    }
    return groups;
  }

  bool IsMember(uint32_t i) const {
    return nodes_[i].num_pruned == 0 && weights_.bytes[i] > 0 &&
           IsInstance(graph_, class_name_, nodes_[i]) && !is_taken_[i] &&
           !is_taken_[holder_of_row_[i]] &&
           HoldsData(nodes_[holder_of_row_[i]]) &&
           !(is_of_library_[i] && is_of_library_[nodes_[i].parent]);
  }

  // Whether a row above is of a type.
  bool IsInside(StringId type, uint32_t i) const {
    for (uint32_t row = nodes_[i].parent; row != 0; row = nodes_[row].parent) {
      if (nodes_[row].label.type == type) return true;
    }
    return false;
  }

  void Complete(SuspectGroup* group) const {
    absl::flat_hash_map<std::string, uint64_t> bytes_of_pattern;
    for (const uint32_t row : group->rows) {
      group->owners.push_back(holder_of_row_[row]);
      bytes_of_pattern[PatternOf(row)] += weights_.bytes[row];
    }
    std::sort(group->owners.begin(), group->owners.end());
    group->owners.erase(std::unique(group->owners.begin(), group->owners.end()),
                        group->owners.end());
    for (const auto& [pattern, bytes] : bytes_of_pattern) {
      if (IsNearlyAll(bytes, group->bytes)) group->pattern = pattern;
    }
    std::sort(group->rows.begin(), group->rows.end(),
              [this](uint32_t a, uint32_t b) {
                return std::pair(weights_.bytes[b], a) <
                       std::pair(weights_.bytes[a], b);
              });
  }

  // The path below the definition that it begins with.
  std::string PatternOf(uint32_t row) const {
    uint32_t definition = nodes_[row].parent;
    while (nodes_[definition].label.kind == RowKind::kObjects &&
           definition != 0) {
      definition = nodes_[definition].parent;
    }
    std::string_view path = rows_.paths[row];
    const std::string& start = rows_.paths[definition];
    if (definition == 0 || path.substr(0, start.size()) != start) return "";
    path.remove_prefix(start.size());
    return absl::StrCat("*", WithoutKeys(std::string(path)));
  }

  static bool IsNearlyAll(uint64_t part, uint64_t all) {
    return static_cast<double>(part) >= kNearlyAll * static_cast<double>(all);
  }

  // The bytes of a group that are below rows of another one.
  uint64_t BytesInside(const SuspectGroup& group,
                       const SuspectGroup& other) const {
    const StringId type = nodes_[other.rows[0]].label.type;
    uint64_t bytes = 0;
    for (const uint32_t row : group.rows) {
      if (IsInside(type, row)) bytes += weights_.bytes[row];
    }
    return bytes;
  }

  // Without groups of which another has nearly all: a form is its rows.
  std::vector<SuspectGroup> WithoutOuter(
      std::vector<SuspectGroup> groups) const {
    for (size_t i = 0; i < groups.size();) {
      const bool is_outer = std::any_of(
          groups.begin(), groups.end(), [&](const SuspectGroup& inner) {
            return &inner != &groups[i] &&
                   IsNearlyAll(BytesInside(inner, groups[i]), groups[i].bytes);
          });
      if (is_outer) {
        groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(i));
      } else {
        ++i;
      }
    }
    return groups;
  }

  // Without those that are for the most part inside of larger ones.
  std::vector<SuspectGroup> WithoutOverlaps(
      const std::vector<SuspectGroup>& groups) const {
    std::vector<SuspectGroup> kept;
    for (const SuspectGroup& group : groups) {
      const bool is_inside = std::any_of(
          kept.begin(), kept.end(), [&](const SuspectGroup& larger) {
            return BytesInside(group, larger) > group.bytes / 2;
          });
      if (!is_inside) kept.push_back(group);
    }
    return kept;
  }

  const HeapGraph& graph_;
  const ShownRows& rows_;
  const std::vector<ProfileNode>& nodes_;
  const RowWeights& weights_;
  const std::vector<bool>& is_of_library_;
  const std::vector<uint32_t>& holder_of_row_;
  const StringId class_name_;
  std::vector<bool> is_taken_;  // By row: a suspect's, or above one.
};

}  // namespace

std::vector<SuspectGroup> FindGroups(const HeapGraph& graph,
                                     const ShownRows& rows,
                                     const RowWeights& weights,
                                     const std::vector<bool>& is_of_library,
                                     const Holders& holders,
                                     uint64_t least_bytes) {
  return GroupSearch(graph, rows, weights, is_of_library, holders)
      .Find(least_bytes);
}

}  // namespace heapgrind

#include "converter/suspects/suspects.h"

#include <algorithm>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "converter/base/clean_name.h"
#include "converter/profile/path_names.h"
#include "converter/suspects/held_objects.h"
#include "converter/suspects/holders.h"
#include "converter/suspects/library_rows.h"
#include "converter/suspects/suspect_groups.h"

namespace heapgrind {
namespace {

constexpr size_t kMostSuspects = 5;
constexpr size_t kMostParts = 3;

std::string ShortName(std::string_view text) {
  return CleanName(ShortenPath(text));
}

// The type, or the word for what it is.
std::string TypeOf(const ProfileNode& row, const StringTable& strings) {
  const std::string_view type = strings.Text(row.label.type);
  return type == "def" ? "function" : ShortName(type);
}

// The types with most bytes of their own in some rows, none of which is below
// another, and in all that these own.
std::vector<SuspectPart> FindParts(const ShownRows& rows,
                                   const StringTable& strings,
                                   const RowWeights& weights,
                                   absl::Span<const uint32_t> tops) {
  const std::vector<ProfileNode>& nodes = rows.tree.nodes;
  // What a row has grown by may be less than what it owns has: modulo 2^64.
  absl::flat_hash_map<std::string, uint64_t> bytes_of_type;
  for (const uint32_t top : tops) {
    for (uint32_t i = top; i < nodes.size(); ++i) {
      if (i > top && nodes[i].parent < top) break;
      bytes_of_type[TypeOf(nodes[i], strings)] += weights.bytes[i];
      if (i == top) continue;
      bytes_of_type[TypeOf(nodes[nodes[i].parent], strings)] -=
          weights.bytes[i];
    }
  }
  std::vector<SuspectPart> parts;
  for (const auto& [type, bytes] : bytes_of_type) {
    if (static_cast<int64_t>(bytes) > 0 && type != "small") {
      parts.push_back({type, bytes});
    }
  }
  std::sort(parts.begin(), parts.end(),
            [](const SuspectPart& a, const SuspectPart& b) {
              return a.bytes != b.bytes ? a.bytes > b.bytes : a.type < b.type;
            });
  parts.resize(std::min(parts.size(), kMostParts));
  return parts;
}

class SuspectSearch {
 public:
  SuspectSearch(const HeapGraph& graph, const ShownRows& rows,
                const RowWeights& weights)
      : graph_(graph),
        rows_(rows),
        weights_(weights),
        is_of_library_(FindLibraryRows(graph, rows)),
        children_(ChildrenOf(rows.tree)) {}

  std::vector<Suspect> Find() const {
    const uint64_t least_bytes = weights_.kind == SuspectKind::kGrew
                                     ? weights_.heap_bytes / 50 + 1
                                     : weights_.bytes[0] / 10;
    Holders holders = HoldersOf(least_bytes);
    LeaveToGroups(least_bytes, &holders);
    const bool has_data = !holders.large.empty() && IsData(holders.large[0]);
    std::vector<Suspect> suspects;
    if (has_data) Add(holders.large, &suspects);
    for (const SuspectGroup& group :
         FindGroups(graph_, rows_, weights_, is_of_library_,
                    WithoutDefinitions(holders), least_bytes)) {
      suspects.push_back(Describe(group));
    }
    if (suspects.empty()) Add(SmallerHolders(holders), &suspects);
    suspects.resize(std::min(suspects.size(), kMostSuspects));
    return suspects;
  }

 private:
  bool IsData(const Holder& holder) const {
    return HoldsData(rows_.tree.nodes[holder.row]);
  }

  // Where there is data, definitions are no news.
  Holders HoldersOf(uint64_t least_bytes) const {
    Holders holders =
        FindHolders(rows_, graph_.strings, weights_, is_of_library_,
                    std::max<uint64_t>(least_bytes, 1));
    if (holders.large.empty() || !IsData(holders.large[0])) return holders;
    while (!IsData(holders.large.back())) holders.large.pop_back();
    return holders;
  }

  // Of a group with more owners than can be named, those that are large alone
  // are not named either, unless one has half of it.
  void LeaveToGroups(uint64_t least_bytes, Holders* holders) const {
    for (const SuspectGroup& group :
         FindGroups(graph_, rows_, weights_, is_of_library_,
                    {{}, holders->of_row}, least_bytes)) {
      if (group.owners.size() <= kMostSuspects) continue;
      std::vector<Holder>& large = holders->large;
      large.erase(std::remove_if(large.begin(), large.end(),
                                 [&group](const Holder& holder) {
                                   return holder.claim < group.bytes / 2 &&
                                          std::binary_search(
                                              group.owners.begin(),
                                              group.owners.end(), holder.row);
                                 }),
                  large.end());
    }
  }

  Holders WithoutDefinitions(Holders holders) const {
    while (!holders.large.empty() && !IsData(holders.large.back())) {
      holders.large.pop_back();
    }
    return holders;
  }

  // Where nothing has a tenth: who holds most, or else these.
  std::vector<Holder> SmallerHolders(const Holders& definitions) const {
    if (weights_.kind == SuspectKind::kGrew) return definitions.large;
    const Holders smaller = HoldersOf(weights_.bytes[0] / 100);
    const bool has_data = !smaller.large.empty() && IsData(smaller.large[0]);
    return has_data ? std::vector<Holder>{smaller.large[0]} : definitions.large;
  }

  void Add(const std::vector<Holder>& holders,
           std::vector<Suspect>* suspects) const {
    for (const Holder& holder : holders) {
      if (suspects->size() < kMostSuspects) {
        suspects->push_back(Describe(holder));
      }
    }
  }

  Suspect Describe(const SuspectGroup& group) const {
    Suspect suspect;
    suspect.kind = weights_.kind;
    suspect.row = group.rows[0];
    suspect.name = rows_.names[suspect.row];
    suspect.owner = absl::StrCat(group.owners.size(), " different owners");
    if (!group.pattern.empty()) {
      absl::StrAppend(&suspect.owner, " (", ShortName(group.pattern), ")");
    }
    suspect.is_group = true;
    suspect.package = rows_.packages.Of(suspect.row);
    suspect.type = TypeOf(rows_.tree.nodes[suspect.row], graph_.strings);
    suspect.count = group.count;
    suspect.bytes = group.bytes;
    suspect.heap_bytes = weights_.heap_bytes;
    suspect.parts = FindParts(rows_, graph_.strings, weights_, group.rows);
    return suspect;
  }

  Suspect Describe(const Holder& holder) const {
    const HeldObjects held =
        FindHeldObjects(graph_, rows_, children_, weights_, holder.row);
    const uint32_t shared = SharedRow(holder.row, held.row);
    const uint32_t row = shared != 0 ? shared : holder.row;
    Suspect suspect;
    suspect.kind = weights_.kind;
    suspect.row = row;
    suspect.name = rows_.names[row];
    suspect.owner = OwnerOf(row, shared != 0);
    suspect.is_shared = shared != 0;
    suspect.package = rows_.packages.Of(row);
    suspect.type = "objects";
    suspect.count = weights_.all_objects[row];
    // The owner does not hold itself.
    if (shared == 0) {
      suspect.count -= std::min(suspect.count, weights_.objects[row]);
    }
    if (held.row != 0) {
      suspect.type = TypeOf(rows_.tree.nodes[held.row], graph_.strings);
      suspect.count = held.count;
      suspect.is_itself = held.row == holder.row && shared == 0;
    }
    suspect.bytes = weights_.bytes[row];
    suspect.heap_bytes = weights_.heap_bytes;
    suspect.parts = FindParts(rows_, graph_.strings, weights_, {row});
    return suspect;
  }

  std::string OwnerOf(uint32_t row, bool is_shared) const {
    const ProfileNode& node = rows_.tree.nodes[row];
    const std::string path = ShortName(rows_.paths[row]);
    if (node.label.sharers == kNoString) return path;
    const std::string sharers = SharersText(node.label.sharers);
    if (!is_shared) return absl::StrCat(path, " (shared by ", sharers, ")");
    if (node.parent == 0) return sharers;
    return absl::StrCat(sharers, " in ", ShortName(rows_.paths[node.parent]));
  }

  std::string SharersText(StringId sharers) const {
    const std::string text = ShortName(graph_.strings.Text(sharers));
    if (NamesSeveral(text)) return text;
    return text == "many" ? "more than three owners"
                          : absl::StrCat("several ", text);
  }

  // The row of many objects, of what a holder holds most of or above it, that
  // is nobody's alone; 0: there is none.
  uint32_t SharedRow(uint32_t holder, uint32_t held) const {
    uint32_t shared = 0;
    for (uint32_t row = held; row > holder;
         row = rows_.tree.nodes[row].parent) {
      if (HasNamedSharers(row)) shared = row;
    }
    const ProfileNode& node = rows_.tree.nodes[holder];
    const bool is_many = node.num_topmost > 1 || node.is_recursive;
    return is_many && node.label.sharers != kNoString ? holder : shared;
  }

  bool HasNamedSharers(uint32_t row) const {
    const StringId sharers = rows_.tree.nodes[row].label.sharers;
    return sharers != kNoString && NamesSeveral(graph_.strings.Text(sharers));
  }

  const HeapGraph& graph_;
  const ShownRows& rows_;
  const RowWeights& weights_;
  const std::vector<bool> is_of_library_;
  const std::vector<std::vector<uint32_t>> children_;
};

}  // namespace

std::vector<Suspect> FindSuspects(const HeapGraph& graph, const ShownRows& rows,
                                  const RowWeights& weights) {
  return SuspectSearch(graph, rows, weights).Find();
}

}  // namespace heapgrind

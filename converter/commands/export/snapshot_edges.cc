#include "converter/commands/export/snapshot_edges.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/str_cat.h"

namespace heapgrind {
namespace {

// How many of the references before the `index`-th behind the pairs have no
// name.
uint32_t PlaceAmongUnnamed(const std::vector<StringId>& names, size_t index) {
  const auto end = names.begin() + std::min(index, names.size());
  const auto num_unnamed = std::count(names.begin(), end, kNoString);
  return static_cast<uint32_t>(index - (end - names.begin()) + num_unnamed);
}

}  // namespace

SnapshotEdges::SnapshotEdges(AnalyzedHeap* heap, SnapshotStrings* strings)
    : graph_(heap->graph()),
      ownership_(heap->owners().ownership),
      key_names_(graph_, heap->owners().namespaces),
      strings_(*strings),
      key_(strings->OfText("key")),
      home_(strings->OfText("home")),
      any_(strings->OfText("[*]")) {}

const std::vector<SnapshotEdge>& SnapshotEdges::Of(NodeId node) {
  const absl::Span<const NodeId> owned = ownership_.Edges(node);
  owned_.assign(owned.begin(), owned.end());
  std::sort(owned_.begin(), owned_.end());
  owned_.erase(std::unique(owned_.begin(), owned_.end()), owned_.end());
  is_named_.assign(owned_.size(), false);
  edges_.clear();
  if (ownership_.IsObject(node)) {
    AddReferences(node);
  } else if (node >= ownership_.root(0) && node < ownership_.held()) {
    AddReferencesOfRoot(graph_.roots[node - ownership_.root(0)]);
  }
  AddOwnedWithoutReference();
  return edges_;
}

void SnapshotEdges::AddReferences(NodeId object) {
  const absl::Span<const NodeId> targets = graph_.References(object);
  for (size_t i = 0; i < targets.size(); ++i) {
    if (targets[i] != kNoNode) Add(NameOf(object, i), targets[i]);
  }
}

void SnapshotEdges::AddReferencesOfRoot(const Root& root) {
  for (size_t i = 0; i < root.references.size(); ++i) {
    if (root.references[i] == kNoNode) continue;
    const StringId name = i < root.names.size() ? root.names[i] : kNoString;
    Add(name == kNoString ? SnapshotEdge{SnapshotEdgeType::kElement,
                                         static_cast<uint32_t>(i), kNoNode}
                          : SnapshotEdge{SnapshotEdgeType::kProperty,
                                         strings_.Of(name), kNoNode},
        root.references[i]);
  }
}

void SnapshotEdges::AddOwnedWithoutReference() {
  for (size_t i = 0; i < owned_.size(); ++i) {
    if (is_named_[i]) continue;
    edges_.push_back({SnapshotEdgeType::kInternal, home_, owned_[i]});
  }
}

SnapshotEdge SnapshotEdges::NameOf(NodeId object, size_t index) {
  const size_t num_pairs = graph_.NumPairReferences(object);
  if (index < num_pairs && index % 2 == 0) {
    return {SnapshotEdgeType::kInternal, key_, kNoNode};
  }
  if (index < num_pairs) {
    return NameOfItem(graph_.References(object)[index - 1]);
  }
  const StringId name = graph_.ReferenceName(object, index);
  if (name != kNoString) {
    return {SnapshotEdgeType::kProperty, strings_.Of(name), kNoNode};
  }
  return {SnapshotEdgeType::kElement,
          PlaceAmongUnnamed(graph_.shape(object).names, index - num_pairs),
          kNoNode};
}

// A value without a named key is `[*]`, as in paths.
SnapshotEdge SnapshotEdges::NameOfItem(NodeId key) {
  uint32_t name = any_;
  if (key != kNoNode) {
    const bool is_text =
        graph_.text[key] != kNoString && graph_.type(key) == "str";
    const std::string other = is_text ? "" : key_names_.Of(key);
    if (is_text) name = strings_.Of(graph_.text[key]);
    if (!other.empty()) name = strings_.OfText(other);
  }
  return {SnapshotEdgeType::kProperty, name, kNoNode};
}

void SnapshotEdges::Add(SnapshotEdge edge, NodeId target) {
  const auto owned = std::lower_bound(owned_.begin(), owned_.end(), target);
  const bool is_owned = owned != owned_.end() && *owned == target;
  if (is_owned) {
    is_named_[owned - owned_.begin()] = true;
  } else {
    if (edge.type == SnapshotEdgeType::kElement) {
      edge.name = strings_.OfText(absl::StrCat("[", edge.name, "]"));
    }
    edge.type = SnapshotEdgeType::kWeak;
  }
  edge.target = target;
  edges_.push_back(edge);
}

}  // namespace heapgrind

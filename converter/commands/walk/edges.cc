#include "converter/commands/walk/edges.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "converter/base/abseil_view.h"
#include "converter/commands/walk/key_text.h"
#include "converter/commands/walk/python_text.h"
#include "converter/heap/dict_items.h"

namespace heapgrind {
namespace {

// A `__dict__` goes by this name even where the dump does not call it so.
constexpr char kDictName[] = ".__dict__";

std::string AttributeText(std::string_view name) {
  return absl::StrCat(".", IsIdentifier(name) ? View(name) : QuotedText(name));
}

// Of a reference behind the pairs.
std::string PartText(const WalkHeap& heap, NodeId node, size_t index) {
  const HeapGraph& graph = heap.graph();
  const StringId name = graph.ReferenceName(node, index);
  if (name != kNoString) return AttributeText(graph.strings.Text(name));
  const NodeId target = graph.References(node)[index];
  const bool is_dict = target != kNoNode && graph.type(target) == "dict" &&
                       heap.DictOf(node) == target;
  if (is_dict) return kDictName;
  const std::vector<StringId>& names = graph.shape(node).names;
  size_t place = index - graph.NumPairReferences(node);
  const size_t num_names = std::min(names.size(), place);
  place -= num_names -
           std::count(names.begin(), names.begin() + num_names, kNoString);
  return graph.shape(node).is_sequence ? absl::StrCat("[", place, "]")
                                       : absl::StrCat("<", place, ">");
}

// The name of an attribute that a `__dict__` holds for its owner.
std::string DictAttributeText(const WalkHeap& heap, NodeId key) {
  // A class has a descriptor of that name, which is not what the name means.
  const std::string_view text = TextOfKey(heap, key);
  const bool is_attribute = text.data() != nullptr && text != "__dict__";
  if (is_attribute) return AttributeText(text);
  return absl::StrCat(".__dict__[", KeyText(heap, key), "]");
}

void AddAttributes(const WalkHeap& heap, NodeId dict,
                   std::vector<Edge>* edges) {
  for (const auto [key, value] : DictItems(heap.graph(), dict)) {
    if (value == kNoNode) continue;
    edges->push_back({DictAttributeText(heap, key), value});
  }
}

// Modules that are no part of another one, then what the dump calls roots.
std::vector<Edge> StepsOfMain(const WalkHeap& heap) {
  std::vector<Edge> edges;
  for (const auto& [module, name] : heap.modules().modules()) {
    if (heap.Owner(module) != heap.main()) continue;
    edges.push_back({std::string(heap.graph().strings.Text(name)), module});
  }
  const OwnershipGraph& ownership = heap.ownership();
  for (Place anchor = ownership.root(0); anchor <= ownership.garbage();
       ++anchor) {
    if (heap.Retained(anchor) == 0) continue;
    edges.push_back({heap.AnchorName(anchor), anchor});
  }
  for (const NodeId node : heap.graph().program_nodes) {
    if (heap.graph().kind(node) != NodeKind::kFrame) continue;
    if (heap.Owner(node) != heap.main()) continue;
    edges.push_back({AddressText(heap, node), node});
  }
  return edges;
}

std::vector<Edge> ReferencesOfRoot(const WalkHeap& heap, const Root& root) {
  std::vector<Edge> edges;
  absl::flat_hash_set<StringId> seen = {kNoString};
  for (size_t i = 0; i < root.references.size(); ++i) {
    // Several may have one name; it is that of the first.
    const bool is_named =
        i < root.names.size() && seen.insert(root.names[i]).second;
    edges.push_back(
        {is_named ? AttributeText(heap.graph().strings.Text(root.names[i]))
                  : absl::StrCat("<", i, ">"),
         root.references[i]});
  }
  return edges;
}

std::vector<Edge> ReferencesOfAnchor(const WalkHeap& heap, Place anchor) {
  if (anchor == heap.main()) return StepsOfMain(heap);
  const OwnershipGraph& ownership = heap.ownership();
  if (anchor < ownership.held()) {
    return ReferencesOfRoot(heap,
                            heap.graph().roots[anchor - ownership.root(0)]);
  }
  std::vector<Edge> edges;
  for (const NodeId node : ownership.Edges(anchor)) {
    edges.push_back({AddressText(heap, node), node});
  }
  return edges;
}

// The index of the first reference to `target` from `node` that is not to a
// key; as many as there are references if there is none.
size_t IndexOfValue(const HeapGraph& graph, NodeId node, NodeId target) {
  const absl::Span<const NodeId> targets = graph.References(node);
  const size_t num_pairs = graph.NumPairReferences(node);
  for (size_t i = num_pairs > 0 ? 1 : 0; i < targets.size();
       i += i + 1 < num_pairs ? 2 : 1) {
    if (targets[i] == target) return i;
  }
  return targets.size();
}

std::string NameFromAnchor(const WalkHeap& heap, Place anchor, Place to) {
  for (const Edge& edge : ReferencesOfAnchor(heap, anchor)) {
    if (edge.target == to) return edge.name;
  }
  return "";
}

}  // namespace

std::string ReferenceText(const WalkHeap& heap, NodeId node, size_t index) {
  if (index >= heap.graph().NumPairReferences(node)) {
    return PartText(heap, node, index);
  }
  const NodeId key = heap.graph().References(node)[index - index % 2];
  if (index % 2 == 0) return absl::StrCat("{", KeyText(heap, key), "}");
  return absl::StrCat("[", KeyText(heap, key), "]");
}

std::vector<Edge> References(const WalkHeap& heap, Place place) {
  if (!heap.IsObject(place)) return ReferencesOfAnchor(heap, place);
  std::vector<Edge> edges;
  const absl::Span<const NodeId> targets = heap.graph().References(place);
  for (size_t i = 0; i < targets.size(); ++i) {
    edges.push_back({ReferenceText(heap, place, i), targets[i]});
  }
  return edges;
}

std::vector<Edge> Steps(const WalkHeap& heap, Place place) {
  const Place dict = heap.DictOf(place);
  const size_t num_pairs =
      heap.IsObject(place) ? heap.graph().NumPairReferences(place) : 0;
  std::vector<Edge> steps;
  bool has_dict = false;
  const std::vector<Edge> references = References(heap, place);
  for (size_t i = 0; i < references.size(); ++i) {
    const bool is_key = i < num_pairs && i % 2 == 0;
    if (is_key || references[i].target == kNoPlace) continue;
    if (references[i].target != dict) {
      steps.push_back(references[i]);
    } else if (!std::exchange(has_dict, true)) {
      AddAttributes(heap, dict, &steps);
    }
  }
  // A static type need not refer to it.
  if (dict != kNoPlace && !has_dict) AddAttributes(heap, dict, &steps);
  return steps;
}

std::string NameBetween(const WalkHeap& heap, Place from, Place to) {
  if (!heap.IsObject(from)) return NameFromAnchor(heap, from, to);
  const Place dict = heap.DictOf(from);
  if (dict != kNoPlace) {
    const size_t index = IndexOfValue(heap.graph(), dict, to);
    const absl::Span<const NodeId> items = heap.graph().References(dict);
    if (index < heap.graph().NumPairReferences(dict)) {
      return DictAttributeText(heap, items[index - 1]);
    }
  }
  const absl::Span<const NodeId> targets = heap.graph().References(from);
  size_t index = IndexOfValue(heap.graph(), from, to);
  if (index == targets.size()) {
    index = std::find(targets.begin(), targets.end(), to) - targets.begin();
  }
  return index == targets.size() ? "" : ReferenceText(heap, from, index);
}

Place FollowName(const WalkHeap& heap, Place from, const std::string& name) {
  if (name == kDictName && heap.DictOf(from) != kNoPlace) {
    return heap.DictOf(from);
  }
  for (const Edge& edge : Steps(heap, from)) {
    if (edge.name == name) return edge.target;
  }
  for (const Edge& edge : References(heap, from)) {
    if (edge.name == name) return edge.target;
  }
  return kNoPlace;
}

}  // namespace heapgrind

#include "converter/owners/back_references.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "converter/heap/named_reference.h"
#include "converter/python/builtin_types.h"

namespace heapgrind {
namespace {

// What a container's holder is, besides a node.
constexpr NodeId kUnheld = kNoNode;
constexpr NodeId kSeveral = kNoNode - 1;

// Of an object that may be the whole of parts that it holds itself, so that
// looking for them takes a bounded time.
constexpr size_t kMaxAttributes = 200;

enum class Part : uint8_t { kPlain, kContainer, kInstance, kOther };

class BackReferenceFinder {
 public:
  explicit BackReferenceFinder(const HeapGraph& graph)
      : graph_(graph), dict_(graph, "__dict__") {
    const std::vector<bool> is_container = FindContainerShapes(graph);
    for (size_t i = 0; i < graph.shapes.size(); ++i) {
      const Shape& shape = graph.shapes[i];
      part_of_shape_.push_back(
          is_container[i]                                ? Part::kContainer
          : IsAtomicType(graph.strings.Text(shape.type)) ? Part::kPlain
          : shape.kind == NodeKind::kObject              ? Part::kInstance
                                                         : Part::kOther);
    }
  }

  std::vector<bool> Find() {
    FindHolders();
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      const NodeId holder = holder_[node];
      if (holder == kUnheld || holder == kSeveral) continue;
      LookAtElements(node, holder);
    }
    if (!attributes_.empty()) LookAtTypes();
    return std::move(is_back_);
  }

 private:
  Part PartOf(NodeId node) const {
    return part_of_shape_[graph_.shape_of_node[node]];
  }

  void FindHolders() {
    holder_.assign(graph_.num_nodes(), kUnheld);
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      if (PartOf(node) != Part::kInstance) continue;
      const NodeId dict = dict_.Follow(node);
      if (dict != kNoNode) FindHeld(dict, node);
      FindHeld(node, node);
    }
  }

  // The containers that `source` refers to are held by `instance`.
  void FindHeld(NodeId source, NodeId instance) {
    for (const NodeId target : graph_.References(source)) {
      const bool is_held =
          target != kNoNode && PartOf(target) == Part::kContainer;
      if (!is_held) continue;
      NodeId& holder = holder_[target];
      holder = holder == kUnheld || holder == instance ? instance : kSeveral;
    }
  }

  void LookAtElements(NodeId container, NodeId holder) {
    const absl::Span<const NodeId> elements = graph_.References(container);
    for (const NodeId element : elements) {
      if (element == kNoNode || PartOf(element) != Part::kInstance) continue;
      if (element == holder) continue;
      const StringId type = graph_.shape(element).type;
      MarkReferences(element, type, holder);
      const NodeId dict = dict_.Follow(element);
      if (dict != kNoNode) MarkReferences(dict, type, holder);
    }
  }

  void MarkReferences(NodeId source, StringId type, NodeId whole) {
    const absl::Span<const NodeId> targets = graph_.References(source);
    for (size_t i = 0; i < targets.size(); ++i) {
      if (targets[i] != whole) continue;
      Mark(source, i);
      attributes_.insert({type, NameOf(source, i)});
    }
  }

  void Mark(NodeId source, size_t index) {
    is_back_.resize(graph_.references.size());
    is_back_[graph_.first_reference[source] + index] = true;
  }

  // What an instance, or its `__dict__`, calls an attribute.
  StringId NameOf(NodeId source, size_t index) const {
    if (index >= graph_.NumPairReferences(source))
      return graph_.ReferenceName(source, index);
    const NodeId key = graph_.References(source)[index - index % 2];
    return key == kNoNode ? kNoString : graph_.text[key];
  }

  // The same attributes of other objects of these types.
  void LookAtTypes() {
    absl::flat_hash_set<StringId> types;
    for (const auto& [type, name] : attributes_) types.insert(type);
    std::vector<bool> is_wanted;
    for (size_t i = 0; i < graph_.shapes.size(); ++i) {
      is_wanted.push_back(part_of_shape_[i] == Part::kInstance &&
                          types.contains(graph_.shapes[i].type));
    }
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      if (!is_wanted[graph_.shape_of_node[node]]) continue;
      LookAtAttributes(node, node);
      const NodeId dict = dict_.Follow(node);
      if (dict != kNoNode) LookAtAttributes(dict, node);
    }
  }

  void LookAtAttributes(NodeId source, NodeId instance) {
    const StringId type = graph_.shape(instance).type;
    const absl::Span<const NodeId> targets = graph_.References(source);
    for (size_t i = 0; i < targets.size(); ++i) {
      const NodeId target = targets[i];
      const bool is_instance = target != kNoNode && target != instance &&
                               PartOf(target) == Part::kInstance;
      if (!is_instance) continue;
      const StringId name = NameOf(source, i);
      if (name == kNoString || !attributes_.contains({type, name})) continue;
      if (IsAttributeOf(target, instance)) Mark(source, i);
    }
  }

  // Whether `whole` holds `part` itself, as one of a few attributes.
  bool IsAttributeOf(NodeId whole, NodeId part) const {
    for (const NodeId source : {whole, dict_.Follow(whole)}) {
      if (source == kNoNode) continue;
      const absl::Span<const NodeId> targets = graph_.References(source);
      if (targets.size() > kMaxAttributes) continue;
      if (std::find(targets.begin(), targets.end(), part) != targets.end())
        return true;
    }
    return false;
  }

  const HeapGraph& graph_;
  const NamedReference dict_;
  std::vector<Part> part_of_shape_;
  std::vector<NodeId> holder_;  // By node: of a container.
  std::vector<bool> is_back_;
  // Type and name of those that lead back.
  absl::flat_hash_set<std::pair<StringId, StringId>> attributes_;
};

}  // namespace

std::vector<bool> FindBackReferences(const HeapGraph& graph) {
  return BackReferenceFinder(graph).Find();
}

}  // namespace heapgrind

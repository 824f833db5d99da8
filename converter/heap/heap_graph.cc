#include "converter/heap/heap_graph.h"

namespace heapgrind {

StringId HeapGraph::ReferenceName(NodeId node, size_t index) const {
  const size_t num_pairs = NumPairReferences(node);
  const std::vector<StringId>& names = shape(node).names;
  if (index < num_pairs || index - num_pairs >= names.size()) return kNoString;
  return names[index - num_pairs];
}

NodeId HeapGraph::Follow(NodeId node, StringId name) const {
  if (name == kNoString) return kNoNode;
  const std::vector<StringId>& names = shape(node).names;
  const size_t num_pairs = NumPairReferences(node);
  const absl::Span<const NodeId> targets = References(node);
  for (size_t i = 0; i < names.size() && num_pairs + i < targets.size(); ++i) {
    if (names[i] == name) return targets[num_pairs + i];
  }
  return kNoNode;
}

uint64_t HeapGraph::VirtualSize(NodeId node) const {
  if (virtual_sizes.empty()) return size[node];
  const auto found = virtual_sizes.find(node);
  return found == virtual_sizes.end() ? size[node] : found->second;
}

void HeapGraph::CountVirtualSizes() {
  for (const auto& [node, bytes] : virtual_sizes) size.Set(node, bytes);
  virtual_sizes.clear();
}

NodeId HeapGraph::UnnamedDict(NodeId owner) const {
  if (unnamed_dicts.empty()) return kNoNode;
  const auto found = unnamed_dicts.find(owner);
  return found == unnamed_dicts.end() ? kNoNode : found->second;
}

}  // namespace heapgrind

#include "converter/profile/node_labels.h"

#include <algorithm>

namespace heapgrind {
namespace {

// How many nodes ahead memory is fetched: far enough that it is there in time,
// and what it depends on has come.
constexpr size_t kAhead = 8;

}  // namespace

NodeLabels::NodeLabels(const OwnedHeap& heap, uint64_t num_single_objects,
                       LabelNumbers* numbers)
    : heap_(heap), labels_(heap), numbers_(numbers) {
  if (num_single_objects > 0) ChooseSingleObjects(num_single_objects);
}

void NodeLabels::ChooseSingleObjects(uint64_t num_wanted) {
  const std::vector<uint64_t> retained =
      RetainedBytes(heap_.graph.size, heap_.tree);
  std::vector<NodeId> nodes;
  for (const NodeId node : heap_.tree.preorder) {
    if (heap_.ownership.IsObject(node) && !labels_.IsPartOfOwner(node)) {
      nodes.push_back(node);
    }
  }
  const size_t count = std::min<uint64_t>(num_wanted, nodes.size());
  std::partial_sort(
      nodes.begin(), nodes.begin() + count, nodes.end(),
      [&retained](NodeId a, NodeId b) {
        return retained[a] != retained[b] ? retained[a] > retained[b] : a < b;
      });
  is_single_.resize(heap_.ownership.num_nodes());
  for (size_t i = 0; i < count; ++i) is_single_[nodes[i]] = true;
}

void NodeLabels::LabelRun(absl::Span<const NodeId> nodes,
                          absl::Span<LabelledNode> labelled) {
  for (size_t i = 0; i < nodes.size(); ++i) {
    if (i + kAhead < nodes.size()) Prefetch(nodes[i + kAhead]);
    LabelledNode& node = labelled[i];
    node = Describe(nodes[i]);
    if (node.owner != kNoDominator && !node.is_part_of_owner) LabelNode(&node);
  }
  NumberLabels();
}

void NodeLabels::Prefetch(NodeId node) const {
  labels_.Prefetch(node);
  if (heap_.ownership.IsObject(node)) heap_.graph.size.Prefetch(node);
}

// All but the label.
LabelledNode NodeLabels::Describe(NodeId node) const {
  LabelledNode result;
  result.node = node;
  result.owner = heap_.tree.idom[node];
  result.is_object = heap_.ownership.IsObject(node);
  if (result.is_object) result.bytes = heap_.graph.size[node];
  result.is_part_of_owner =
      result.owner != kNoDominator && labels_.IsPartOfOwner(node);
  return result;
}

// At once if there are many nodes like it; else NumberLabels() does.
void NodeLabels::LabelNode(LabelledNode* node) {
  const bool is_single = !is_single_.empty() && is_single_[node->node];
  if (is_single || !labels_.IsPlain(node->node)) {
    new_labels_.push_back(MakeLabel(node, is_single));
    return;
  }
  const uint32_t shape = heap_.graph.shape_of_node[node->node];
  const Leaf& leaf = labels_.LeafOf(node->node);
  LabelMemo::Entry& entry = memo_.At(shape, leaf);
  if (!entry.Has(shape, leaf)) {
    entry = {shape, leaf, Number(MakeLabel(node, false))};
  }
  node->label = entry.label;
}

NodeLabels::NewLabel NodeLabels::MakeLabel(LabelledNode* node, bool is_single) {
  Label label = labels_.Of(node->node);
  const bool is_container = labels_.IsContainer(node->node, label);
  if (is_single) label.object = node->node;
  return {label, is_container, node};
}

// Where a label is among all others, of which there may be as many as nodes, is
// on its way while those before it are looked up.
void NodeLabels::NumberLabels() {
  for (size_t i = 0; i < new_labels_.size(); ++i) {
    if (i + kAhead < new_labels_.size()) {
      numbers_->Prefetch(new_labels_[i + kAhead].label);
    }
    new_labels_[i].node->label = Number(new_labels_[i]);
  }
  new_labels_.clear();
}

TrieLabel NodeLabels::Number(const NewLabel& made) {
  return TrieLabel(numbers_->Of(made.label), made.label.label,
                   made.is_container);
}

}  // namespace heapgrind

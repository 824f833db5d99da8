// Nodes with their labels, for the tree of functions.

#ifndef HEAPGRIND_CONVERTER_PROFILE_NODE_LABELS_H_
#define HEAPGRIND_CONVERTER_PROFILE_NODE_LABELS_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "converter/owners/owned_heap.h"
#include "converter/profile/label_memo.h"
#include "converter/profile/label_numbers.h"
#include "converter/profile/label_trie.h"
#include "converter/profile/labels.h"

namespace heapgrind {

struct LabelledNode {
  NodeId node = kNoNode;
  NodeId owner = kNoDominator;
  bool is_object = false;
  bool is_part_of_owner = false;
  TrieLabel label;  // Of nodes with an owner that are no part of it.
  uint64_t bytes = 0;
};

class NodeLabels {
 public:
  // The `num_single_objects` that retain the most have labels of their own.
  NodeLabels(const OwnedHeap& heap, uint64_t num_single_objects,
             LabelNumbers* numbers);

  // Labels a run of nodes, in the order of the tree.  `labelled` has a place
  // for each.
  void LabelRun(absl::Span<const NodeId> nodes,
                absl::Span<LabelledNode> labelled);

  // Of the sharers in the labels so far; the heap's string table must live.
  SharerNames TakeSharerNames() { return labels_.TakeSharerNames(); }

 private:
  // A label that `numbers_` has not been asked for yet.
  struct NewLabel {
    HashedLabel label;
    bool is_container;
    LabelledNode* node;
  };

  void ChooseSingleObjects(uint64_t num_wanted);
  void Prefetch(NodeId node) const;
  LabelledNode Describe(NodeId node) const;
  void LabelNode(LabelledNode* node);
  NewLabel MakeLabel(LabelledNode* node, bool is_single);
  void NumberLabels();
  TrieLabel Number(const NewLabel& made);

  const OwnedHeap& heap_;
  Labels labels_;
  LabelMemo memo_;
  LabelNumbers* const numbers_;
  std::vector<bool> is_single_;       // Empty if there are none.
  std::vector<NewLabel> new_labels_;  // Of the run that is being labelled.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_NODE_LABELS_H_

// The functions of a heap: which object is in which, and what tells them apart.
//
// A function is a set of objects with one owner and one label (labels.h). Every
// object is in exactly one.  A real heap has a function for each three objects,
// of which few are shown, so the table holds no more than pruning needs.

#ifndef HEAPGRIND_CONVERTER_PROFILE_FUNCTION_TABLE_H_
#define HEAPGRIND_CONVERTER_PROFILE_FUNCTION_TABLE_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "converter/profile/label_numbers.h"
#include "converter/profile/label_trie.h"
#include "converter/profile/labels.h"
#include "converter/profile/prune.h"

namespace heapgrind {

struct FunctionTable {
  std::unique_ptr<LabelTrie> trie;
  std::unique_ptr<LabelNumbers> labels;
  std::unique_ptr<SharerNames> sharer_names;
  std::vector<TrieId> trie_id;  // By function.
  FunctionSizes sizes;
  // By node of the ownership graph.  kNoFunction: not shown.
  std::vector<uint32_t> function_of_node;

  // Makes the text of its sharers.
  Label label(uint32_t function) const {
    Label label = raw_label(function);
    label.sharers = sharer_names->Text(label.sharers);
    return label;
  }
  // With a number instead of the sharers.
  const Label& raw_label(uint32_t function) const {
    return labels->LabelOf(trie->LabelOf(trie_id[function]));
  }
  bool is_recursive(uint32_t function) const {
    return trie->IsRecursive(trie_id[function]);
  }
};

// The functions of what the dominator tree reaches, in an order that depends
// only on the heap.  The `num_single_objects` objects that retain most get
// functions of their own.  Near-linear.
FunctionTable FindFunctions(const OwnedHeap& heap, uint64_t num_single_objects);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_FUNCTION_TABLE_H_

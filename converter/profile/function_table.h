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

#include "converter/profile/function_sizes.h"
#include "converter/profile/label_numbers.h"
#include "converter/profile/label_trie.h"
#include "converter/profile/labels.h"

namespace heapgrind {

struct FunctionTable {
  std::unique_ptr<LabelNumbers> labels;
  std::unique_ptr<SharerNames> sharer_names;
  std::vector<uint32_t> label_number;  // By function.
  std::vector<bool> is_recursive;      // By function.
  FunctionSizes sizes;
  // By node of the ownership graph: its place in the trie.  kNoFunction: not
  // shown.
  std::vector<TrieId> id_of_node;
  // By trie id.  kNoFunction: it and what is below it have no objects.
  std::vector<uint32_t> function_of_id;

  // Makes the text of its sharers.
  Label label(uint32_t function) const {
    Label label = raw_label(function);
    label.sharers = sharer_names->Text(label.sharers);
    return label;
  }
  // With a number instead of the sharers.
  const Label& raw_label(uint32_t function) const {
    return labels->LabelOf(label_number[function]);
  }
};

// The functions of what the dominator tree reaches, in an order that depends
// only on the heap.  The `num_single_objects` objects that retain most get
// functions of their own.  Near-linear.
FunctionTable FindFunctions(const OwnedHeap& heap, uint64_t num_single_objects);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_FUNCTION_TABLE_H_

// The functions of a heap: which object is in which, and what tells them apart.
//
// A function is a set of objects with one owner and one label (labels.h). Every
// object is in exactly one.  A real heap has a function for each three objects,
// of which few are shown, so the table holds no more than pruning needs.

#ifndef HEAPGRIND_CONVERTER_PROFILE_FUNCTION_TABLE_H_
#define HEAPGRIND_CONVERTER_PROFILE_FUNCTION_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "converter/profile/function_sizes.h"
#include "converter/profile/label_numbers.h"
#include "converter/profile/labels.h"
#include "converter/profile/named_function.h"

namespace heapgrind {

struct FunctionTable {
  std::unique_ptr<LabelNumbers> labels;
  std::unique_ptr<SharerNames> sharer_names;
  std::vector<uint32_t> label_number;  // By function.
  std::vector<bool> is_recursive;      // By function.
  FunctionSizes sizes;
  // By node of the ownership graph.  kNoFunction: not shown.
  std::vector<uint32_t> of_node;

  size_t size() const { return sizes.size(); }

  // Makes the text of its sharers.
  NamedFunction At(uint32_t function) const {
    NamedFunction named = RawAt(function);
    named.label.sharers = sharer_names->Text(named.label.sharers);
    return named;
  }
  // With a number instead of the sharers; 0: it has none.
  NamedFunction RawAt(uint32_t function) const {
    return {sizes.parent[function], is_recursive[function],
            labels->LabelOf(label_number[function])};
  }
};

// The functions of what the dominator tree reaches, in an order that depends
// only on the heap.  The `num_single_objects` objects that retain most get
// functions of their own.  Near-linear.
FunctionTable FindFunctions(const OwnedHeap& heap,
                            uint64_t num_single_objects = 0);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_FUNCTION_TABLE_H_

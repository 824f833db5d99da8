// Leaves: the last step of the path to each object, as its owner names it.
//
// The leaf of `app.CACHE['a']` is the key 'a'.  It is the name of a reference
// to the object, from the first of these that exists:
//
//   1. the immediate dominator
//   2. the first object that refers to it by a name (several owners share it)
//   3. the first object that refers to it
//
// A label (labels.h) is made of the leaf, the type and the sharers.

#ifndef HEAPGRIND_CONVERTER_PROFILE_LEAF_NAMES_H_
#define HEAPGRIND_CONVERTER_PROFILE_LEAF_NAMES_H_

#include <cstdint>
#include <vector>

#include "converter/graph/dominators.h"
#include "converter/heap/heap_graph.h"
#include "converter/owners/ownership.h"
#include "converter/python/namespaces.h"

namespace heapgrind {

enum class LeafForm : uint8_t {
  kNone,       // Nothing refers to it: a root.
  kAttribute,  // x.leaf: attributes, variables, named parts.
  kTextKey,    // x['leaf']
  kNumberKey,  // x[leaf]
  kElement,    // x[*]: an element, or one of many values of a dictionary.
  kKey,        // A key of a dictionary.
  kUnnamed,    // A reference without a name.
  kNamespace,  // The __dict__ of its owner, part of it.
  kFrame,      // A frame called by another frame or held by a thread.
};

struct Leaf {
  StringId text = kNoString;  // For the first three forms.
  LeafForm form = LeafForm::kNone;
};

struct Leaves {
  std::vector<Leaf> leaf_of_node;  // By node of the ownership graph.
  // By node: its leaf is a reference from its immediate dominator.
  std::vector<bool> is_named_by_owner;
};

// By node: whether its immediate dominator does not own it directly.  Linear in
// the references.
std::vector<bool> FindShared(const OwnershipGraph& ownership,
                             const DominatorTree& tree);

// Linear in the references.
Leaves FindLeaves(const HeapGraph& graph, const Namespaces& namespaces,
                  const OwnershipGraph& ownership, const DominatorTree& tree);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_LEAF_NAMES_H_

// Objects that came after a first dump and are in all later ones: who holds
// them.
//
// Which objects they are, heapgrind diff finds out
// (commands/diff/stayed_identities.h).

#ifndef HEAPGRIND_CONVERTER_SUSPECTS_STAYED_OBJECTS_H_
#define HEAPGRIND_CONVERTER_SUSPECTS_STAYED_OBJECTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/graph/dominators.h"
#include "converter/heap/heap_graph.h"
#include "converter/profile/profile_tree.h"
#include "converter/suspects/row_weights.h"

namespace heapgrind {

// The objects of one function that no other of them owns directly, and all
// that these own in turn.
struct StayedRow {
  std::string name;      // Of the function: "Session::[*] (app.CACHE[*])".
  uint64_t topmost = 0;  // Objects.
  uint64_t objects = 0;  // With those that they own, as are the bytes.
  uint64_t bytes = 0;
  std::string example;  // The path of one of the topmost.
};

struct StayedObjects {
  uint64_t objects = 0;
  uint64_t bytes = 0;
  std::vector<StayedRow> rows;  // Those with most bytes first.
};

// `has_stayed` is by node of the dominator tree.  `names`: by function, as
// OwnerNames has them.  Near-linear.
StayedObjects FindStayedObjects(const std::vector<bool>& has_stayed,
                                const HeapGraph& graph,
                                const DominatorTree& tree,
                                const FunctionTable& functions,
                                const std::vector<std::string>& names);

// `profile`, that of all functions, with the costs of what has stayed alone,
// not pruned.  A row's own objects are those that CountOf counts.
ProfileTree ProfileOfStayed(const std::vector<bool>& has_stayed,
                            const HeapGraph& graph, const DominatorTree& tree,
                            const FunctionTable& functions,
                            ProfileTree profile);

// The weights of the rows of such a profile; `heap_bytes`: of the whole heap.
RowWeights WeighWhatStayed(const ProfileTree& tree, uint64_t heap_bytes);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_SUSPECTS_STAYED_OBJECTS_H_

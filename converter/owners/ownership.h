// The ownership graph: of all references, those that say who owns what.
//
// Let R be what the roots reach over owning references.  Repeat until nothing
// changes: take the first of keys, callbacks, local, borrowed references that
// leads out of R; promote all of its kind that do, at once; add to R what their
// targets reach over owning references.  The graph is every owning reference,
// and the promoted ones, but for those that lead back into an earlier round:
// what a local variable alone holds does not own what belongs to a module.  The
// result does not depend on any order, and takes time linear in the references.
//
// For what is left each source component of the remaining graph gets one root:
// its object with more references counted than known, below the anchor `held`
// (only C code holds it) or, of a definition, below the module that it names;
// else its first one, below the anchor `garbage` (a
// cycle that waits for collection).  Then the same rounds.
//
//        main ----> module ----> __dict__ ----> CACHE ----> ...
//         |---> thread::MainThread ----> frame ----> ...
//         |---> held ----> ...
//         `---> garbage ----> ...

#ifndef HEAPGRIND_CONVERTER_OWNERS_OWNERSHIP_H_
#define HEAPGRIND_CONVERTER_OWNERS_OWNERSHIP_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "converter/graph/row_starts.h"
#include "converter/heap/heap_graph.h"
#include "converter/owners/homes.h"

namespace heapgrind {

enum class OwnershipRules { kModules, kStrict };

// Nodes are the heap graph's, and after them the anchors: main, one for each
// root of the dump, held, garbage, and focus (focus.h).  Anchors have no bytes.
struct OwnershipGraph {
  NodeId num_objects = 0;
  NodeId num_roots = 0;
  RowStarts first_edge;  // num_nodes() rows.
  std::vector<NodeId> edges;

  // Objects first reached over each kind of reference; keys and callbacks count
  // as owning, native references as borrowed.
  uint64_t reached_by_owning = 0;
  uint64_t reached_by_local = 0;
  uint64_t reached_by_borrowed = 0;
  uint64_t unreachable_objects = 0;

  NodeId main() const { return num_objects; }
  NodeId root(NodeId index) const { return num_objects + 1 + index; }
  NodeId held() const { return num_objects + 1 + num_roots; }
  NodeId garbage() const { return held() + 1; }
  NodeId focus() const { return garbage() + 1; }
  NodeId num_nodes() const { return focus() + 1; }
  bool IsObject(NodeId node) const { return node < num_objects; }

  absl::Span<const NodeId> Edges(NodeId node) const {
    return {edges.data() + first_edge[node], first_edge.SizeOf(node)};
  }
};

// Every object is reachable from main() in the result; focus() is not.  kStrict
// makes every reference owning: the classical heap graph; it does not look at
// `homes`.
OwnershipGraph ComputeOwnership(const HeapGraph& graph, const Homes& homes,
                                OwnershipRules rules);

// By kModules, with FindBackReferences(graph).
OwnershipGraph ComputeOwnership(const HeapGraph& graph, const Homes& homes,
                                std::vector<bool> is_back);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OWNERS_OWNERSHIP_H_

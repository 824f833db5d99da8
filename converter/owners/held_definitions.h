// Classes and functions that C code alone holds: they are the module's whose
// code that is.
//
// A compiler of Python keeps in static memory the classes that it makes for
// closures, and whatever else no variable of the program leads to.

#ifndef HEAPGRIND_CONVERTER_OWNERS_HELD_DEFINITIONS_H_
#define HEAPGRIND_CONVERTER_OWNERS_HELD_DEFINITIONS_H_

#include "absl/container/flat_hash_map.h"
#include "converter/heap/heap_graph.h"
#include "converter/owners/homes.h"

namespace heapgrind {

class HeldDefinitions {
 public:
  // Both must outlive it.
  HeldDefinitions(const HeapGraph& graph, const Homes& homes)
      : graph_(graph), homes_(homes) {}

  // The module with a home that the definition `node` names, of several the
  // first; kNoNode if there is none, or if `node` is none.  The first call is
  // linear in the definitions.
  NodeId ModuleOf(NodeId node);

 private:
  const HeapGraph& graph_;
  const Homes& homes_;
  absl::flat_hash_map<StringId, NodeId> module_of_name_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OWNERS_HELD_DEFINITIONS_H_

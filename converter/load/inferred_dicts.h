// Which dictionaries are the `__dict__` of what, in a dump whose references
// have no names.
//
// It is the first dictionary that a module, a class, or an object of no
// built-in container type refers to.  Under Python 2 the garbage collector is
// not told that a static type (int, file, ...) holds its `__dict__`, nor that
// the import machinery keeps a copy of each C module's namespace.  Both can be
// told from what is in them:
//
//     dict --> descriptor --> type           is the __dict__ of the type
//     dict: "__name__": "posix", "__doc__"   is a copy of the posix module's

#ifndef HEAPGRIND_CONVERTER_LOAD_INFERRED_DICTS_H_
#define HEAPGRIND_CONVERTER_LOAD_INFERRED_DICTS_H_

#include "absl/container/flat_hash_map.h"
#include "converter/heap/heap_graph.h"

namespace heapgrind {

// Owner to its `__dict__`.  Linear in the graph.
absl::flat_hash_map<NodeId, NodeId> InferDicts(const HeapGraph& graph);

// Each dictionary that is, or is a copy of, the namespace of a module to that
// module; of several modules with one name it is the first.  Wants the texts of
// the graph.  Linear in the graph.
absl::flat_hash_map<NodeId, NodeId> InferModulesOfCopies(
    const HeapGraph& graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_INFERRED_DICTS_H_

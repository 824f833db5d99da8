// Which dictionaries of a Meliae dump belong to what does not refer to them.
//
// Under Python 2 the garbage collector is not told that a static type (int,
// file, ...) holds its `__dict__`, nor that the import machinery keeps a copy
// of each C module's namespace.  Both can be told from what is in them:
//
//     dict --> descriptor --> type           is the __dict__ of the type
//     dict: "__name__": "posix", "__doc__"   is a copy of the posix module's

#ifndef HEAPGRIND_CONVERTER_PYTHON_INFERRED_DICTS_H_
#define HEAPGRIND_CONVERTER_PYTHON_INFERRED_DICTS_H_

#include "absl/container/flat_hash_map.h"
#include "converter/heap/heap_graph.h"

namespace heapgrind {

// Type to its `__dict__`, for the types of a dump without roots and reference
// names that refer to no dictionary.  Linear in the graph.
absl::flat_hash_map<NodeId, NodeId> InferDictsOfStaticTypes(
    const HeapGraph& graph);

// The name of the module whose namespace `dict` is, or is a copy of; kNoString
// if it is neither.  Linear in its items.
StringId NameOfModuleDict(const HeapGraph& graph, NodeId dict);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PYTHON_INFERRED_DICTS_H_

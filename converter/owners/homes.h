// Where definitions belong: the home of each module, class, function, code
// object and namespace.
//
// A definition belongs to its home, and every other reference to it is
// borrowed: imports, base classes, subclass lists, instances, registries.
//
//   module a.b     the module a; a top-level module, the root.  Identity is the
//                  module's own __name__, so alias keys of sys.modules borrow.
//   class, def     the namespace that holds it under its qualified name, found
//                  from its module (a function's is the one whose __dict__ is
//                  its __globals__).  "Holds" means this very object, or a
//                  wrapper around it that stands there (property, classmethod,
//                  functools.wraps); its home is then the wrapper.  A class
//                  that a C module made without a name for it: that module.
//   wrapper        an object that goes by the names of what it wraps
//                  (functools.lru_cache, update_wrapper): as def.
//   enum member    or another instance that its class's namespace holds: there.
//   static type    that its module does not hold: the interpreter.
//   Thread         the thread whose object it is; also thread-local data.
//   code           the constants of the function's code that it is nested in,
//                  at any depth.
//   __dict__       the module or class whose it is.
//   variable       that several modules hold: variable_homes.h.
//
// Where a dump has no interpreter (completed_graph.h), static types that no
// module holds are their module's, or else __builtin__'s, and the copies of C
// modules' namespaces are the modules'.
//
// None, True, small ints and one-character strings belong to the root, and so
// does sys.modules where no interpreter has it.  What stands in that and is no
// module belongs to the package that its key tells.  A definition without such
// a home (made in a function, replaced, deleted) has no entry: it is an
// ordinary object.

#ifndef HEAPGRIND_CONVERTER_OWNERS_HOMES_H_
#define HEAPGRIND_CONVERTER_OWNERS_HOMES_H_

#include "absl/container/flat_hash_map.h"
#include "converter/heap/heap_graph.h"
#include "converter/python/module_table.h"
#include "converter/python/namespaces.h"

namespace heapgrind {

// The home of what belongs to the whole process.
inline constexpr NodeId kRootHome = kNoNode - 1;

// The home of what belongs to the index-th root of a graph: the number that
// the root has in its ownership graph (ownership.h).
inline NodeId HomeAtRoot(const HeapGraph& graph, size_t index) {
  return static_cast<NodeId>(graph.num_nodes() + 1 + index);
}

// Node to the node that it belongs to, to kRootHome, or to a HomeAtRoot().
using Homes = absl::flat_hash_map<NodeId, NodeId>;

// The homes of definitions, by the rules above but the last.  Linear in the
// graph.
Homes FindHomes(const HeapGraph& graph, const Namespaces& namespaces,
                const ModuleTable& modules);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OWNERS_HOMES_H_

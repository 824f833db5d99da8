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
//                  functools.wraps); its home is then the wrapper.
//   code           the constants of the code object that it is nested in.
//   __dict__       the module or class whose it is.
//   variable       that several modules hold: variable_homes.h.
//
// None, True, small ints, one-character strings and sys.modules belong to the
// root.  A definition without such a home (made in a function, replaced,
// deleted) has no entry: it is an ordinary object.

#ifndef HEAPGRIND_CONVERTER_HOMES_H_
#define HEAPGRIND_CONVERTER_HOMES_H_

#include "absl/container/flat_hash_map.h"
#include "converter/heap_graph.h"
#include "converter/module_table.h"
#include "converter/namespaces.h"

namespace heapgrind {

// The home of what belongs to the whole process.
inline constexpr NodeId kRootHome = kNoNode - 1;

// Node to the node that it belongs to, or to kRootHome.
using Homes = absl::flat_hash_map<NodeId, NodeId>;

// The homes of definitions, by the rules above but the last.  Linear in the
// graph.
Homes FindHomes(const HeapGraph& graph, const Namespaces& namespaces,
                const ModuleTable& modules);

// Whether every process has the one object: None, True, small ints and the
// like, empty and one-character strings.
bool IsSingleton(const HeapGraph& graph, NodeId node);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_HOMES_H_

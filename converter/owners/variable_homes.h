// The homes of module variables that others hold, too.
//
// `from app import db` makes the object that app.db names a variable of every
// module that says so; registries, caches and threads hold variables as well.
// A variable belongs to the module that defines it: the only one whose source
// assigns it at top level (a decorated `def` assigns, too); failing that, the
// only one that is no Python file; failing that, the only one whose file is not
// here; failing that, the module of its class, if that is one of them; else it
// stays shared.  Strings
// and numbers are no such variables: they are equal by chance.  The string that
// several modules hold as the name of a variable goes with the variable.

#ifndef HEAPGRIND_CONVERTER_OWNERS_VARIABLE_HOMES_H_
#define HEAPGRIND_CONVERTER_OWNERS_VARIABLE_HOMES_H_

#include "converter/heap/heap_graph.h"
#include "converter/owners/homes.h"
#include "converter/python/module_table.h"
#include "converter/python/namespaces.h"
#include "converter/python/source_files.h"

namespace heapgrind {

// Adds the variables' homes, which are modules' namespaces, to `homes`; a node
// that has a home keeps it.  Linear in the references, and in the sources of
// the modules whose variables others hold.
void FindVariableHomes(const HeapGraph& graph, const Namespaces& namespaces,
                       const ModuleTable& modules, SourceFiles* sources,
                       Homes* homes);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OWNERS_VARIABLE_HOMES_H_

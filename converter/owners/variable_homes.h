// The homes of module variables that others hold, too.
//
// `from app import db` makes the object app.db a variable of each module that
// says so.  Registries, caches and threads hold variables as well.  Of the
// modules that hold a variable, one defines it, and is its home: the first of
// these that is the only one of its kind,
//
//   1. the module whose source assigns it at top level, other than as None or
//      another name of something (`x = y.z`); a decorated `def` assigns, too
//   2. the module whose source assigns it at top level
//   3. the module that is no Python file
//   4. the module whose source file is not here
//   5. the module of its class
//
// Without any it stays shared.  Strings and numbers are no such variables: they
// are equal by chance.  But the string that several modules hold as the name of
// a variable has the home of the variable.

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

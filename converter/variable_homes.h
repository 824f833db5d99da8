// The homes of module variables that several modules hold.
//
// `from app import db` makes the object that app.db names a variable of every
// module that says so.  It belongs to the module whose source assigns it at top
// level; failing that to the module of its class, if that is one of them; else
// it stays shared.  Strings and numbers are no such variables: they are equal
// by chance.

#ifndef HEAPGRIND_CONVERTER_VARIABLE_HOMES_H_
#define HEAPGRIND_CONVERTER_VARIABLE_HOMES_H_

#include "converter/heap_graph.h"
#include "converter/homes.h"
#include "converter/module_table.h"
#include "converter/namespaces.h"
#include "converter/source_files.h"

namespace heapgrind {

// Adds the variables' homes, which are modules' namespaces, to `homes`; a node
// that has a home keeps it.  Linear in what the modules hold, and in the
// sources of those that share.
void FindVariableHomes(const HeapGraph& graph, const Namespaces& namespaces,
                       const ModuleTable& modules, SourceFiles* sources,
                       Homes* homes);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_VARIABLE_HOMES_H_

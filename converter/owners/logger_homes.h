// Where loggers belong: to the table of them,
// logging.Logger.manager.loggerDict.
//
// Each caller of logging.getLogger() with one name gets the same object, and
// handlers and filters that one of them adds stay for all: a logger is no
// variable of a module, though most modules have one (Lib/logging/__init__.py,
// CPython 2.7 to 3.14).

#ifndef HEAPGRIND_CONVERTER_OWNERS_LOGGER_HOMES_H_
#define HEAPGRIND_CONVERTER_OWNERS_LOGGER_HOMES_H_

#include "converter/heap/heap_graph.h"
#include "converter/owners/homes.h"
#include "converter/python/module_table.h"
#include "converter/python/namespaces.h"

namespace heapgrind {

// Adds those of the manager, of the loggers in its table, and of the root
// logger, which is a variable of logging.  Linear in the loggers.
void FindLoggerHomes(const HeapGraph& graph, const Namespaces& namespaces,
                     const ModuleTable& modules, Homes* homes);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OWNERS_LOGGER_HOMES_H_

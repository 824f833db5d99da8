// The lines that a function's own bytes were allocated at, as a viewer shows
// them.

#ifndef HEAPGRIND_CONVERTER_CALLGRAPH_ALLOCATION_LINES_H_
#define HEAPGRIND_CONVERTER_CALLGRAPH_ALLOCATION_LINES_H_

#include <vector>

#include "converter/base/string_table.h"
#include "converter/callgraph/call_graph.h"
#include "converter/profile/profile_tree.h"
#include "converter/python/source_files.h"

namespace heapgrind {

// What Function::lines is for `node`, whose function has its file, line and
// self cost already: what was allocated in a file that is known stands there,
// all else at the function's line.  Empty if the dump does not say where the
// objects were allocated.  O(k log k) for k lines.
std::vector<LineCost> AllocationLines(const ProfileNode& node,
                                      const Function& function,
                                      const StringTable& strings,
                                      const SourceFiles& sources);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CALLGRAPH_ALLOCATION_LINES_H_

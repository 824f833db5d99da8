// Checks the laws that every call graph of ours keeps.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_CALL_GRAPH_FAULTS_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_CALL_GRAPH_FAULTS_H_

#include <string>
#include <vector>

#include "converter/callgraph/call_graph.h"

namespace heapgrind {

// One sentence for each breach, at most ten:
//   - one root, the first function, called main; everything is below it
//   - names are unique, clean and not empty, so are objects and files
//   - the self costs add up to `total`
//   - for both events, what comes into a function is its self cost and what
//     goes out of it; nothing is above the total
//   - no cycle, no path of 2000 calls, no function with more than 5000 callees,
//     no call made zero times
std::vector<std::string> CallGraphFaults(const CallGraph& graph,
                                         const Cost& total);

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_CALL_GRAPH_FAULTS_H_

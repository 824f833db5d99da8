#include "converter/callgraph/path_call_graph.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "converter/base/clean_name.h"
#include "converter/callgraph/allocation_lines.h"

namespace heapgrind {
namespace {

constexpr std::string_view kNoFile = "???";

std::string FileText(const StringTable& strings, StringId file,
                     const SourceFiles& sources) {
  const std::string path = sources.Locate(strings.Text(file));
  return path.empty() || path[0] != '/' ? std::string(kNoFile)
                                        : CleanName(path);
}

// A callee's line if it is defined in the caller's file, else the caller's.
uint32_t LineOfCall(const SourcePlace& caller, const SourcePlace& callee) {
  return callee.file == caller.file && callee.is_definition ? callee.line
                                                            : caller.line;
}

}  // namespace

CallGraph MakePathCallGraph(const HeapGraph& graph, const ShownRows& rows,
                            const SourceFiles& sources) {
  CallGraph result;
  result.functions.resize(rows.size());
  for (uint32_t i = 0; i < rows.size(); ++i) {
    const ProfileNode& node = rows.tree.nodes[i];
    Function& function = result.functions[i];
    function.name = rows.names[i];
    function.object = rows.packages.Of(i);
    function.file = FileText(graph.strings, rows.places[i].file, sources);
    function.line = function.file == kNoFile ? 0 : rows.places[i].line;
    function.self = node.self;
    function.lines = AllocationLines(node, function, graph.strings, sources);
    function.self_change = node.self_change;
    if (i == 0) continue;
    Function& caller = result.functions[node.parent];
    caller.calls.push_back(
        {i, std::max<uint64_t>(node.num_topmost, 1),
         LineOfCall(rows.places[node.parent], rows.places[i]), node.inclusive,
         node.inclusive_change});
  }
  return result;
}

}  // namespace heapgrind

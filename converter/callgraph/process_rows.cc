#include "converter/callgraph/process_rows.h"

namespace heapgrind {
namespace {

void AddRow(const char* name, uint64_t bytes, CallGraph* call_graph) {
  Function row;
  row.name = name;
  row.object = "(process)";
  row.file = "???";
  row.self.bytes = bytes;
  Call call;
  call.callee = static_cast<uint32_t>(call_graph->functions.size());
  call.inclusive = row.self;
  call_graph->functions.push_back(row);
  call_graph->functions[0].calls.push_back(call);
}

}  // namespace

uint64_t AddProcessRows(const ProcessFigures& figures, uint64_t slack,
                        CallGraph* call_graph) {
  uint64_t in_objects = 0;
  for (const Function& function : call_graph->functions) {
    in_objects += function.self.bytes;
  }
  const ProcessMemory memory = SplitProcessMemory(figures, in_objects, slack);
  for (const ProcessRow& row : RowsOf(memory)) {
    AddRow(row.name, row.bytes, call_graph);
  }
  return memory.excess;
}

}  // namespace heapgrind

#include "converter/process_rows.h"

#include <algorithm>

namespace heapgrind {
namespace {

uint64_t Difference(uint64_t a, uint64_t b) { return a > b ? a - b : 0; }

// Bytes in pymalloc's arenas that are in no block.
uint64_t PoolOverhead(const DumpHeader& header) {
  return Difference(header.pymalloc_arenas,
                    header.pymalloc_used + header.pymalloc_free);
}

void AddRow(const char* name, uint64_t bytes, CallGraph* call_graph) {
  if (bytes == 0) return;
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

uint64_t AddProcessRows(const DumpHeader& header, uint64_t slack,
                        CallGraph* call_graph) {
  uint64_t in_objects = 0;
  for (const Function& function : call_graph->functions) {
    in_objects += function.self.bytes;
  }
  if (header.rss == 0) return 0;
  uint64_t rest = Difference(header.rss, in_objects);
  const auto take = [&rest](uint64_t wanted) {
    const uint64_t taken = std::min(wanted, rest);
    rest -= taken;
    return taken;
  };
  AddRow("process::allocator overhead", take(slack + PoolOverhead(header)),
         call_graph);
  AddRow("process::allocator free space",
         take(header.pymalloc_free + header.malloc_free), call_graph);
  AddRow("process::native memory", rest, call_graph);
  return Difference(in_objects, header.rss);
}

}  // namespace heapgrind

#include "converter/callgraph/allocation_lines.h"

#include <map>
#include <string>
#include <tuple>

#include "converter/base/clean_name.h"

namespace heapgrind {
namespace {

Cost Less(Cost cost, const Cost& part) {
  cost.bytes -= part.bytes;
  cost.objects -= part.objects;
  cost.gc_bytes -= part.gc_bytes;
  cost.slack -= part.slack;
  cost.virtual_bytes -= part.virtual_bytes;
  cost.native_bytes -= part.native_bytes;
  return cost;
}

}  // namespace

std::vector<LineCost> AllocationLines(const ProfileNode& node,
                                      const Function& function,
                                      const StringTable& strings,
                                      const SourceFiles& sources) {
  if (node.allocated.empty()) return {};
  // The function's own file comes first, and has no name.
  std::map<std::tuple<std::string, uint32_t>, Cost> costs;
  Cost rest = node.self;
  for (const LineShare& share : node.allocated) {
    const std::string path = sources.Locate(strings.Text(share.file));
    if (path.empty() || path[0] != '/' || share.line == 0) continue;
    const std::string file = CleanName(path);
    costs[{file == function.file ? "" : file, share.line}] += share.self;
    rest = Less(rest, share.self);
  }
  if (!(rest == Cost())) costs[{"", function.line}] += rest;
  std::vector<LineCost> lines;
  for (const auto& [place, cost] : costs) {
    lines.push_back({std::get<0>(place), std::get<1>(place), cost});
  }
  return lines;
}

}  // namespace heapgrind

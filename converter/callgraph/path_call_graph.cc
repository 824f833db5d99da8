#include "converter/callgraph/path_call_graph.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "converter/base/clean_name.h"
#include "converter/base/unique_names.h"
#include "converter/callgraph/allocation_lines.h"
#include "converter/profile/package_names.h"
#include "converter/profile/path_names.h"
#include "converter/profile/source_places.h"

namespace heapgrind {
namespace {

constexpr std::string_view kNoFile = "???";

std::string AddressText(uint64_t address) {
  return absl::StrCat(" at 0x", absl::Hex(address));
}

std::vector<std::string> MakeNames(const ProfileTree& tree,
                                   const HeapGraph& graph, bool ascii_names) {
  const std::vector<std::string> paths = MakePaths(tree, graph.strings);
  UniqueNames names;
  std::vector<std::string> result;
  for (uint32_t i = 0; i < tree.nodes.size(); ++i) {
    std::string name = MakeName(tree, i, paths, graph.strings);
    const NodeId object = tree.nodes[i].label.object;
    if (object != kNoNode) name += AddressText(graph.address[object]);
    name = CleanName(name);
    result.push_back(names.Add(ascii_names ? AsciiName(name) : name));
  }
  return result;
}

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

CallGraph MakePathCallGraph(const HeapGraph& graph, const ProfileTree& tree,
                            bool ascii_names, SourceFiles* sources) {
  const std::vector<std::string> names = MakeNames(tree, graph, ascii_names);
  const std::vector<std::string> packages = PackageNames(tree, graph.strings);
  const std::vector<SourcePlace> places =
      FindSourcePlaces(graph, tree, sources);
  CallGraph result;
  result.functions.resize(tree.nodes.size());
  for (uint32_t i = 0; i < tree.nodes.size(); ++i) {
    const ProfileNode& node = tree.nodes[i];
    Function& function = result.functions[i];
    function.name = names[i];
    function.object = packages[i];
    function.file = FileText(graph.strings, places[i].file, *sources);
    function.line = function.file == kNoFile ? 0 : places[i].line;
    function.self = node.self;
    function.lines = AllocationLines(node, function, graph.strings, *sources);
    function.self_change = node.self_change;
    if (i == 0) continue;
    Function& caller = result.functions[node.parent];
    caller.calls.push_back({i, std::max<uint64_t>(node.num_topmost, 1),
                            LineOfCall(places[node.parent], places[i]),
                            node.inclusive, node.inclusive_change});
  }
  return result;
}

}  // namespace heapgrind

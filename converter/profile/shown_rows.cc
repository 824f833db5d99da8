#include "converter/profile/shown_rows.h"

#include "absl/strings/str_cat.h"
#include "converter/base/clean_name.h"
#include "converter/base/unique_names.h"
#include "converter/profile/ordered_rows.h"
#include "converter/profile/package_names.h"
#include "converter/profile/path_names.h"

namespace heapgrind {
namespace {

std::string AddressText(uint64_t address) {
  return absl::StrCat(" at 0x", absl::Hex(address));
}

std::vector<std::string> MakeNames(const ShownRows& rows,
                                   const HeapGraph& graph, bool ascii_names) {
  UniqueNames names;
  std::vector<std::string> result;
  for (uint32_t i = 0; i < rows.size(); ++i) {
    const uint32_t owner = rows.tree.nodes[i].parent;
    std::string name =
        MakeName(rows.tree, i, rows.paths[i], rows.paths[owner], graph.strings);
    const NodeId object = rows.tree.nodes[i].label.object;
    if (object != kNoNode) name += AddressText(graph.address[object]);
    name = CleanName(name);
    result.push_back(names.Add(ascii_names ? AsciiName(name) : name));
  }
  return result;
}

}  // namespace

ShownRows MakeShownRows(const HeapGraph& graph, const ProfileTree& pruned,
                        bool ascii_names, SourceFiles* sources) {
  ShownRows rows;
  rows.tree = OrderRows(pruned, graph.strings);
  rows.paths = MakePaths(rows.tree, graph.strings);
  rows.names = MakeNames(rows, graph, ascii_names);
  rows.packages = FindPackages(rows.tree, graph.strings);
  rows.places = FindSourcePlaces(graph, rows.tree, sources);
  return rows;
}

std::vector<std::vector<uint32_t>> ChildrenOf(const ProfileTree& tree) {
  std::vector<std::vector<uint32_t>> children(tree.nodes.size());
  for (uint32_t i = 1; i < tree.nodes.size(); ++i) {
    children[tree.nodes[i].parent].push_back(i);
  }
  return children;
}

}  // namespace heapgrind

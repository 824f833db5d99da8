#include "converter/profile/package_names.h"

#include <string_view>

#include "converter/base/clean_name.h"

namespace heapgrind {
namespace {

// The top-level package that a named function begins, or "" for others.
std::string OwnPackage(const ProfileNode& node, const StringTable& strings) {
  if (node.label.sharers != kNoString && node.parent == 0) return "(shared)";
  switch (node.label.kind) {
    case RowKind::kThread:
      return "(threads)";
    case RowKind::kShared:
      return "(shared)";
    case RowKind::kUnreachable:
      return "(unreachable)";
    case RowKind::kModule: {
      const std::string_view name = strings.Text(node.label.text);
      return std::string(name.substr(0, name.find('.')));
    }
    default:
      return "";
  }
}

}  // namespace

std::vector<std::string> PackageNames(const ProfileTree& tree,
                                      const StringTable& strings) {
  std::vector<std::string> packages(tree.nodes.size(), "(process)");
  for (size_t i = 1; i < tree.nodes.size(); ++i) {
    const ProfileNode& node = tree.nodes[i];
    packages[i] = OwnPackage(node, strings);
    packages[i] =
        packages[i].empty() ? packages[node.parent] : CleanName(packages[i]);
  }
  return packages;
}

}  // namespace heapgrind

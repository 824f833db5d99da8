#include "converter/profile/package_names.h"

#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "converter/base/clean_name.h"

namespace heapgrind {
namespace {

// The top-level package that a named function begins, or "" for others.
std::string OwnPackage(const NamedFunction& node, const StringTable& strings) {
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

// A function; of its sharers it is enough that there are some.
NamedFunction At(const FunctionTable& functions, uint32_t function) {
  return functions.RawAt(function);
}
const NamedFunction& At(const ProfileTree& tree, uint32_t function) {
  return tree.At(function);
}

}  // namespace

template <typename Functions>
Packages FindPackages(const Functions& functions, const StringTable& strings) {
  Packages packages;
  absl::flat_hash_map<std::string, uint32_t> number_of_name;
  const auto number_of = [&](const std::string& name) {
    const auto [entry, is_new] =
        number_of_name.try_emplace(name, packages.names.size());
    if (is_new) packages.names.push_back(name);
    return entry->second;
  };
  packages.of_function.assign(functions.size(), number_of("(process)"));
  for (uint32_t i = 1; i < functions.size(); ++i) {
    const NamedFunction& node = At(functions, i);
    const std::string own = OwnPackage(node, strings);
    packages.of_function[i] = own.empty() ? packages.of_function[node.parent]
                                          : number_of(CleanName(own));
  }
  return packages;
}

template Packages FindPackages(const FunctionTable&, const StringTable&);
template Packages FindPackages(const ProfileTree&, const StringTable&);

}  // namespace heapgrind

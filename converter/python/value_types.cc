#include "converter/python/value_types.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"

namespace heapgrind {

using TypeSet = absl::flat_hash_set<absl::string_view>;

bool IsContainerType(std::string_view type) {
  static const auto* const kTypes = new TypeSet{
      "Counter", "OrderedDict", "cell",         "defaultdict", "deque", "dict",
      "list",    "frozenset",   "mappingproxy", "set",         "tuple"};
  return kTypes->contains({type.data(), type.size()});
}

std::vector<bool> FindContainerShapes(const HeapGraph& graph) {
  std::vector<bool> is_container;
  for (const Shape& shape : graph.shapes) {
    is_container.push_back(IsContainerType(graph.strings.Text(shape.type)));
  }
  return is_container;
}

bool IsAtomicType(std::string_view type) {
  static const auto* const kTypes =
      new TypeSet{"bool", "bytes", "complex",  "ellipsis", "float",
                  "int",  "long",  "NoneType", "str",      "unicode"};
  return kTypes->contains({type.data(), type.size()});
}

}  // namespace heapgrind

#include "converter/suspects/instances.h"

#include "converter/python/builtin_types.h"

namespace heapgrind {

bool OnlyHoldsOthers(std::string_view type) {
  return IsContainerType(type) || type == "method";
}

bool IsInstance(const HeapGraph& graph, StringId class_name,
                const ProfileNode& row) {
  return !row.label.is_named() && row.example != kNoNode &&
         !OnlyHoldsOthers(graph.strings.Text(row.label.type)) &&
         graph.Follow(row.example, class_name) != kNoNode;
}

}  // namespace heapgrind

// What the namespaces of modules and classes hold, by name.

#ifndef HEAPGRIND_CONVERTER_PYTHON_NAMESPACE_MEMBERS_H_
#define HEAPGRIND_CONVERTER_PYTHON_NAMESPACE_MEMBERS_H_

#include <utility>

#include "absl/container/flat_hash_map.h"
#include "converter/heap/heap_graph.h"
#include "converter/python/namespaces.h"

namespace heapgrind {

class NamespaceMembers {
 public:
  // Linear in the namespaces.
  NamespaceMembers(const HeapGraph& graph, const Namespaces& namespaces);

  // What the namespace of `owner` (a module or a class) holds as `name`, or
  // kNoNode.
  NodeId Find(NodeId owner, StringId name) const;

 private:
  absl::flat_hash_map<std::pair<NodeId, StringId>, NodeId> member_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PYTHON_NAMESPACE_MEMBERS_H_

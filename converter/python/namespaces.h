// Which dictionaries are the `__dict__` of a module, a class or an instance.
//
// Such a dictionary only implements its owner: its values are attributes, not
// items.

#ifndef HEAPGRIND_CONVERTER_PYTHON_NAMESPACES_H_
#define HEAPGRIND_CONVERTER_PYTHON_NAMESPACES_H_

#include <vector>

#include "converter/heap/heap_graph.h"
#include "converter/heap/named_reference.h"

namespace heapgrind {

class Namespaces {
 public:
  // Linear in the graph.
  explicit Namespaces(const HeapGraph& graph);

  // The `__dict__` of `owner`, or kNoNode.
  NodeId DictOf(NodeId owner) const;

  // Whether `node` is the `__dict__` of something.
  bool IsNamespace(NodeId node) const { return is_namespace_[node]; }

 private:
  const HeapGraph& graph_;
  const NamedReference dict_;
  std::vector<bool> is_namespace_;  // By node.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PYTHON_NAMESPACES_H_

// What each object's type is called, so that two classes of one name stay
// apart.
//
// A type goes by its own name, `Session`.  Where classes of several modules
// have that name and instances, theirs are `app.models.Session` and
// `sqlalchemy.orm.session.Session`.

#ifndef HEAPGRIND_CONVERTER_PYTHON_TYPE_NAMES_H_
#define HEAPGRIND_CONVERTER_PYTHON_TYPE_NAMES_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "converter/heap/heap_graph.h"
#include "converter/heap/named_reference.h"

namespace heapgrind {

// The dotted name of a definition: module and qualified name.
std::string FullName(const HeapGraph& graph, NodeId definition);

class TypeNames {
 public:
  // Linear in the graph; its string table takes the new names.
  explicit TypeNames(HeapGraph* graph);

  // The name of the type of `node`.
  StringId Of(NodeId node) const;

 private:
  const HeapGraph& graph_;
  const NamedReference class_;
  // By shape: whether several classes have that type's name.
  std::vector<bool> is_ambiguous_;
  // Classes whose instances go by more than the class's own name.
  absl::flat_hash_map<NodeId, StringId> name_of_class_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PYTHON_TYPE_NAMES_H_

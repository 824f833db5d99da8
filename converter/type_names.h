// What each object's type is called, so that two classes of one name stay
// apart.
//
// A type goes by its own name, `Session`.  Where classes of several modules
// have that name and instances, theirs are `app.models.Session` and
// `sqlalchemy.orm.session.Session`.

#ifndef HEAPGRIND_CONVERTER_TYPE_NAMES_H_
#define HEAPGRIND_CONVERTER_TYPE_NAMES_H_

#include "absl/container/flat_hash_map.h"
#include "converter/heap_graph.h"

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
  StringId class_name_;
  // Classes whose instances go by more than the class's own name.
  absl::flat_hash_map<NodeId, StringId> name_of_class_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_TYPE_NAMES_H_

// What each object's type is called, so that two classes of one name stay
// apart.
//
// A type goes by its own name, `Session`.  Where classes of several modules
// have that name and instances, theirs are `app.models.Session` and
// `sqlalchemy.orm.session.Session`.  A type whose name is blank is `?`, and
// parentheses in names are brackets.
//
// An object's class is what it refers to as `__class__`, if that is a class of
// the object's type.  Else it is something that is only called so: a method
// that uses super() has a variable of this name.

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

  // Whether all objects of a shape have one name for their type.
  bool IsOfShape(uint32_t shape) const { return !is_ambiguous_[shape]; }

 private:
  // The class of `node`, as said above, or kNoNode.
  NodeId ClassOf(NodeId node) const;

  const HeapGraph& graph_;
  const NamedReference class_;
  std::vector<StringId> name_of_shape_;  // By shape.
  // By shape: whether several classes have that type's name.
  std::vector<bool> is_ambiguous_;
  // Classes whose instances go by more than the class's own name.
  absl::flat_hash_map<NodeId, StringId> name_of_class_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PYTHON_TYPE_NAMES_H_

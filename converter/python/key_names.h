// Keys of dictionaries that are no plain text, as rows show them: two keys that
// Python tells apart look different.
//
//     a class       Model; where several have that name, shop.Model
//     a function, a module             likewise
//     enum member   Color.RED
//     bytes         b'raw'
//     None, numbers None, 404
//     tuple         ('eu', 1), if all that it holds is of these and it is short
//     frozenset     frozenset('eu', 1), likewise, in the order of the texts

#ifndef HEAPGRIND_CONVERTER_PYTHON_KEY_NAMES_H_
#define HEAPGRIND_CONVERTER_PYTHON_KEY_NAMES_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "converter/heap/heap_graph.h"
#include "converter/python/namespaces.h"

namespace heapgrind {

class KeyNames {
 public:
  // Both must outlive it.  Linear in the definitions.
  KeyNames(const HeapGraph& graph, const Namespaces& namespaces);

  // What stands between the brackets; "" for what has no such name.  Of an enum
  // member, linear in its class.
  std::string Of(NodeId key) const;

  // The same of a definition or an enum member, "" of anything else.
  std::string OfNamed(NodeId key) const;

 private:
  std::string OfDefinition(NodeId definition) const;
  std::string OfAtom(NodeId key) const;
  std::string OfElement(NodeId element) const;
  std::vector<std::string> OfElements(NodeId key) const;
  std::string OfTuple(NodeId key) const;
  std::string OfFrozenSet(NodeId key) const;

  const HeapGraph& graph_;
  const Namespaces& namespaces_;
  const StringId class_name_;
  absl::flat_hash_set<StringId> ambiguous_;  // Names of several definitions.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PYTHON_KEY_NAMES_H_

// The module and the qualified name that an object took over from what it
// wraps.
//
// functools.update_wrapper writes `__module__` and `__qualname__` of a function
// into the `__dict__` of what stands in its place: a function, an lru_cache
// wrapper, a partial, an instance of a decorator class.

#ifndef HEAPGRIND_CONVERTER_PYTHON_WRAPPER_NAMES_H_
#define HEAPGRIND_CONVERTER_PYTHON_WRAPPER_NAMES_H_

#include "converter/heap/heap_graph.h"
#include "converter/python/namespaces.h"

namespace heapgrind {

class WrapperNames {
 public:
  struct Names {
    StringId module = kNoString;
    StringId qualname = kNoString;
  };

  WrapperNames(const HeapGraph& graph, const Namespaces& namespaces);

  // What `object` carries itself, not over its class: both, or neither.  Linear
  // in its attributes.
  Names Of(NodeId object) const;

 private:
  Names InDict(NodeId dict) const;
  StringId TextOf(NodeId node) const;

  const HeapGraph& graph_;
  const Namespaces& namespaces_;
  const StringId module_name_;
  const StringId qualname_name_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PYTHON_WRAPPER_NAMES_H_

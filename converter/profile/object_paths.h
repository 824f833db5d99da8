// The path of a single object: that of its function, with the very keys.
//
//     function:  app.CACHE[*].data
//     object:    app.CACHE['sess-7'].data

#ifndef HEAPGRIND_CONVERTER_PROFILE_OBJECT_PATHS_H_
#define HEAPGRIND_CONVERTER_PROFILE_OBJECT_PATHS_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "converter/graph/dominators.h"
#include "converter/heap/heap_graph.h"
#include "converter/profile/function_table.h"
#include "converter/profile/path_names.h"

namespace heapgrind {

class ObjectPaths {
 public:
  // All must live as long as this.
  ObjectPaths(const HeapGraph& graph, const DominatorTree& tree,
              const FunctionTable& functions)
      : graph_(graph),
        tree_(tree),
        functions_(functions),
        dict_name_(graph.strings.Find("__dict__")) {}

  // The path of an object: "main" if it belongs to the process, "" if it is in
  // no function.  Elements of lists and sets stay `[*]`, because a dump does
  // not give their indices.  So do steps far above the object, and those of a
  // folded chain.  Linear in the object's depth; the first path below a
  // dictionary is linear in the dictionary's items, too.
  std::string Of(NodeId node);

 private:
  using KeyOfValue = absl::flat_hash_map<NodeId, NodeId>;

  bool BeginsPath(uint32_t function) const;
  bool IsNamespace(uint32_t function, NodeId node) const;
  std::string Step(uint32_t function, NodeId owner, NodeId node);
  StringId OwnName(NodeId owner, NodeId node, StringId otherwise);
  NodeId KeyOf(NodeId mapping, NodeId value);

  const HeapGraph& graph_;
  const DominatorTree& tree_;
  const FunctionTable& functions_;
  const StringId dict_name_;
  absl::flat_hash_map<NodeId, KeyOfValue> keys_of_mapping_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_OBJECT_PATHS_H_

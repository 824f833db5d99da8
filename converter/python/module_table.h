// The modules of a process by name.

#ifndef HEAPGRIND_CONVERTER_PYTHON_MODULE_TABLE_H_
#define HEAPGRIND_CONVERTER_PYTHON_MODULE_TABLE_H_

#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "converter/heap/heap_graph.h"
#include "converter/python/namespaces.h"

namespace heapgrind {

class ModuleTable {
 public:
  // Linear in the modules.  Without a root sys.modules all modules count, of
  // two with one name the lower address.
  ModuleTable(const HeapGraph& graph, const Namespaces& namespaces);

  // Every module that is in sys.modules, with the name it is known by: its own
  // __name__, or its key where another module has that name.  So are modules
  // in whose place sys.modules has an object that holds them.
  const std::vector<std::pair<NodeId, StringId>>& modules() const {
    return modules_;
  }

  // The dictionary sys.modules, or kNoNode.
  NodeId sys_modules() const { return sys_modules_; }

  // The module of a name or of an alias in sys.modules, or kNoNode.
  NodeId Find(std::string_view name) const;

  // The module whose `__dict__` is `dict`, or kNoNode.
  NodeId ModuleOfDict(NodeId dict) const;

  // What a module is known by; kNoString if `node` is none of modules().
  StringId NameOf(NodeId node) const;

 private:
  void FindSysModules();
  void AddModulesOf(const Namespaces& namespaces);
  void AddModulesBehind(const Namespaces& namespaces);
  void AddAllModules(const Namespaces& namespaces);
  void Add(const Namespaces& namespaces, NodeId module, StringId name);

  const HeapGraph& graph_;
  NodeId sys_modules_ = kNoNode;
  std::vector<std::pair<NodeId, StringId>> modules_;
  absl::flat_hash_map<StringId, NodeId> module_of_name_;
  absl::flat_hash_map<NodeId, NodeId> module_of_dict_;
  absl::flat_hash_map<NodeId, StringId> name_of_module_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PYTHON_MODULE_TABLE_H_

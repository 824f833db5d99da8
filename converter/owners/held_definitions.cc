#include "converter/owners/held_definitions.h"

namespace heapgrind {

NodeId HeldDefinitions::ModuleOf(NodeId node) {
  const auto found = graph_.definitions.find(node);
  if (found == graph_.definitions.end()) return kNoNode;
  if (module_of_name_.empty()) {
    for (const NodeId module : graph_.program_nodes) {
      const bool has_home =
          graph_.kind(module) == NodeKind::kModule && homes_.contains(module);
      if (has_home) module_of_name_.try_emplace(graph_.text[module], module);
    }
  }
  const auto module = module_of_name_.find(found->second.module);
  return module == module_of_name_.end() ? kNoNode : module->second;
}

}  // namespace heapgrind

#include "converter/python/module_table.h"

#include "converter/heap/dict_items.h"

namespace heapgrind {

ModuleTable::ModuleTable(const HeapGraph& graph, const Namespaces& namespaces)
    : graph_(graph) {
  FindSysModules();
  if (sys_modules_ != kNoNode) {
    AddModulesOf(namespaces);
  } else {
    AddAllModules(namespaces);
  }
  for (const auto& [module, name] : modules_) {
    name_of_module_.emplace(module, name);
  }
}

NodeId ModuleTable::Find(std::string_view name) const {
  const auto found = module_of_name_.find(graph_.strings.Find(name));
  return found == module_of_name_.end() ? kNoNode : found->second;
}

NodeId ModuleTable::ModuleOfDict(NodeId dict) const {
  const auto found = module_of_dict_.find(dict);
  return found == module_of_dict_.end() ? kNoNode : found->second;
}

StringId ModuleTable::NameOf(NodeId node) const {
  const auto found = name_of_module_.find(node);
  return found == name_of_module_.end() ? kNoString : found->second;
}

void ModuleTable::FindSysModules() {
  for (const Root& root : graph_.roots) {
    if (root.kind == RootKind::kModules && !root.references.empty()) {
      sys_modules_ = root.references[0];
    }
  }
}

void ModuleTable::AddModulesOf(const Namespaces& namespaces) {
  // Those that go by their own name come first, then those with a lent one.
  for (const bool own_name : {true, false}) {
    for (const auto [key, value] : DictItems(graph_, sys_modules_)) {
      if (key == kNoNode || value == kNoNode) continue;
      if (graph_.kind(value) != NodeKind::kModule) continue;
      const StringId name = graph_.text[key];
      const bool is_own = name == graph_.text[value];
      if (is_own == own_name) Add(namespaces, value, name);
    }
  }
  AddModulesBehind(namespaces);
}

// Of objects that stand in modules' places and hold these.
void ModuleTable::AddModulesBehind(const Namespaces& namespaces) {
  for (const auto [key, value] : DictItems(graph_, sys_modules_)) {
    const bool is_proxy = key != kNoNode && value != kNoNode &&
                          graph_.kind(value) == NodeKind::kObject;
    if (!is_proxy) continue;
    const StringId name = graph_.text[key];
    for (const NodeId holder : {value, namespaces.DictOf(value)}) {
      if (holder == kNoNode) continue;
      for (const NodeId target : graph_.References(holder)) {
        const bool is_module = target != kNoNode &&
                               graph_.kind(target) == NodeKind::kModule &&
                               graph_.text[target] == name;
        if (is_module) Add(namespaces, target, name);
      }
    }
  }
}

void ModuleTable::AddAllModules(const Namespaces& namespaces) {
  for (const NodeId node : graph_.program_nodes) {
    if (graph_.kind(node) == NodeKind::kModule)
      Add(namespaces, node, graph_.text[node]);
  }
}

void ModuleTable::Add(const Namespaces& namespaces, NodeId module,
                      StringId name) {
  if (!module_of_name_.try_emplace(name, module).second) return;
  const NodeId dict = namespaces.DictOf(module);
  const bool is_alias =
      dict != kNoNode && !module_of_dict_.try_emplace(dict, module).second;
  if (!is_alias) modules_.emplace_back(module, name);
}

}  // namespace heapgrind

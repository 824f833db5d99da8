#include "converter/python/module_table.h"

#include "converter/heap/dict_items.h"

namespace heapgrind {

ModuleTable::ModuleTable(const HeapGraph& graph, const Namespaces& namespaces)
    : graph_(graph), namespaces_(namespaces) {
  FindSysModules();
  if (sys_modules_ != kNoNode) {
    AddModulesOf(sys_modules_);
  } else {
    AddAllModules();
  }
  for (const NodeId node : graph.program_nodes) {
    const NodeKind kind = graph.kind(node);
    if (kind == NodeKind::kModule || kind == NodeKind::kClass) {
      IndexNamespace(node);
    }
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

NodeId ModuleTable::Member(NodeId owner, StringId name) const {
  const auto found = member_.find({owner, name});
  return found == member_.end() ? kNoNode : found->second;
}

void ModuleTable::FindSysModules() {
  for (const Root& root : graph_.roots) {
    if (root.kind == RootKind::kModules && !root.references.empty()) {
      sys_modules_ = root.references[0];
    }
  }
}

void ModuleTable::AddModulesOf(NodeId sys_modules) {
  // Those that go by their own name come first, then those with a lent one.
  for (const bool own_name : {true, false}) {
    for (const auto [key, value] : DictItems(graph_, sys_modules)) {
      if (key == kNoNode || value == kNoNode) continue;
      if (graph_.kind(value) != NodeKind::kModule) continue;
      const StringId name = graph_.text[key];
      const bool is_own = name == graph_.text[value];
      if (is_own == own_name) Add(value, name);
    }
  }
}

void ModuleTable::AddAllModules() {
  for (const NodeId node : graph_.program_nodes) {
    if (graph_.kind(node) == NodeKind::kModule) Add(node, graph_.text[node]);
  }
}

void ModuleTable::Add(NodeId module, StringId name) {
  if (!module_of_name_.try_emplace(name, module).second) return;
  const NodeId dict = namespaces_.DictOf(module);
  const bool is_alias =
      dict != kNoNode && !module_of_dict_.try_emplace(dict, module).second;
  if (!is_alias) modules_.emplace_back(module, name);
}

void ModuleTable::IndexNamespace(NodeId owner) {
  const NodeId dict = namespaces_.DictOf(owner);
  if (dict == kNoNode) return;
  for (const auto [key, value] : DictItems(graph_, dict)) {
    if (key == kNoNode || value == kNoNode) continue;
    member_.try_emplace({owner, graph_.text[key]}, value);
  }
}

}  // namespace heapgrind

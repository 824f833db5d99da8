#include "converter/owners/logger_homes.h"

#include <string_view>

#include "converter/heap/dict_items.h"

namespace heapgrind {
namespace {

// The value that a dictionary has for a text, or kNoNode.
NodeId Value(const HeapGraph& graph, NodeId dict, std::string_view key) {
  if (dict == kNoNode) return kNoNode;
  for (const DictItem item : DictItems(graph, dict)) {
    if (item.key == kNoNode) continue;
    if (graph.strings.Text(graph.text[item.key]) == key) return item.value;
  }
  return kNoNode;
}

// An attribute that lies in the object itself, or in its `__dict__`.
NodeId Attribute(const HeapGraph& graph, const Namespaces& namespaces,
                 NodeId object, std::string_view name) {
  const NodeId inlined = graph.Follow(object, graph.strings.Find(name));
  return inlined == kNoNode ? Value(graph, namespaces.DictOf(object), name)
                            : inlined;
}

}  // namespace

void FindLoggerHomes(const HeapGraph& graph, const Namespaces& namespaces,
                     const ModuleTable& modules, Homes* homes) {
  const NodeId logging = modules.Find("logging");
  if (logging == kNoNode) return;
  const NodeId variables = namespaces.DictOf(logging);
  const NodeId root = Value(graph, variables, "root");
  if (root != kNoNode) homes->try_emplace(root, variables);
  const NodeId type = Value(graph, variables, "Logger");
  if (type == kNoNode) return;
  const NodeId members = namespaces.DictOf(type);
  const NodeId manager = Value(graph, members, "manager");
  if (manager == kNoNode) return;
  homes->try_emplace(manager, members);
  const NodeId table = Attribute(graph, namespaces, manager, "loggerDict");
  if (table == kNoNode) return;
  for (const auto [name, logger] : DictItems(graph, table)) {
    const bool is_logger = logger != kNoNode && logger != table &&
                           graph.kind(logger) == NodeKind::kObject;
    if (is_logger) homes->try_emplace(logger, table);
  }
}

}  // namespace heapgrind

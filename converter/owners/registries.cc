#include "converter/owners/registries.h"

#include <string_view>

#include "converter/heap/dict_items.h"
#include "converter/heap/named_reference.h"

namespace heapgrind {
namespace {

struct Registry {
  std::string_view module;
  std::string_view variable;
};

constexpr Registry kRegistries[] = {
    {"threading", "_active"},
    {"threading", "_limbo"},
    {"multiprocessing.process", "_children"},
    {"asyncio.tasks", "_current_tasks"},
    {"asyncio.tasks", "_eager_tasks"},
    {"concurrent.futures.thread", "_threads_queues"},
    {"concurrent.futures.process", "_threads_wakeups"},
    {"re", "_cache"},
    {"re", "_cache2"},
};

// Of the interpreter: what lists strings, and what lists functions to call.
constexpr std::string_view kListsOfInterpreter[] = {
    "after_forkers_child", "after_forkers_parent", "before_forkers",
    "gc.callbacks", "interned"};

constexpr std::string_view kNamesOfCode[] = {"co_names", "co_varnames",
                                             "co_freevars", "co_cellvars",
                                             "co_localsplusnames"};

bool IsDictOrSet(const HeapGraph& graph, NodeId node) {
  return node != kNoNode &&
         (graph.type(node) == "dict" || graph.type(node) == "set");
}

// The value that a dictionary has for a text, or kNoNode.
NodeId Value(const HeapGraph& graph, NodeId dict, std::string_view key) {
  for (const DictItem item : DictItems(graph, dict)) {
    if (item.key == kNoNode) continue;
    if (graph.strings.Text(graph.text[item.key]) == key) return item.value;
  }
  return kNoNode;
}

// The dictionary in an instance of a weak dictionary.
NodeId DataOf(const HeapGraph& graph, NodeId weak_dict) {
  const NodeId inlined = graph.Follow(weak_dict, graph.strings.Find("data"));
  if (inlined != kNoNode) return inlined;
  const NodeId attributes =
      graph.Follow(weak_dict, graph.strings.Find("__dict__"));
  return attributes == kNoNode ? kNoNode : Value(graph, attributes, "data");
}

NodeId Find(const HeapGraph& graph, NodeId module, std::string_view variable) {
  const NodeId dict = graph.Follow(module, graph.strings.Find("__dict__"));
  if (dict == kNoNode) return kNoNode;
  const NodeId value = Value(graph, dict, variable);
  if (value == kNoNode || IsDictOrSet(graph, value)) return value;
  return DataOf(graph, value);
}

bool IsListing(const HeapGraph& graph, NodeId node) {
  return IsDictOrSet(graph, node) ||
         (node != kNoNode && graph.type(node) == "list");
}

// The dictionaries, sets and lists that roots of a kind hold by a name.
std::vector<NodeId> HeldByRoots(const HeapGraph& graph, RootKind kind,
                                std::string_view name) {
  std::vector<NodeId> held;
  for (const Root& root : graph.roots) {
    if (root.kind != kind) continue;
    for (size_t i = 0; i < root.names.size(); ++i) {
      const NodeId target = root.references[i];
      const bool is_held =
          graph.strings.Text(root.names[i]) == name && IsListing(graph, target);
      if (is_held) held.push_back(target);
    }
  }
  return held;
}

// Whether a thread's data are what asyncio's policy keeps: `_loop` and perhaps
// `_set_called` (Lib/asyncio/events.py, CPython 3.11).
bool IsLoopOfThread(const HeapGraph& graph, NodeId data) {
  return graph.References(data).size() <= 4 &&
         Value(graph, data, "_loop") != kNoNode;
}

}  // namespace

// The tuples of the names that code uses.
void AddNamesOfCode(const HeapGraph& graph, std::vector<NodeId>* registries) {
  for (const std::string_view name : kNamesOfCode) {
    const NamedReference names(graph, name);
    for (const NodeId node : graph.program_nodes) {
      if (graph.kind(node) != NodeKind::kCode) continue;
      const NodeId tuple = names.Follow(node);
      if (tuple != kNoNode) registries->push_back(tuple);
    }
  }
}

std::vector<NodeId> FindRegistries(const HeapGraph& graph) {
  std::vector<NodeId> registries;
  for (const std::string_view name : kListsOfInterpreter) {
    for (const NodeId list : HeldByRoots(graph, RootKind::kInterpreter, name)) {
      registries.push_back(list);
    }
  }
  for (const NodeId data : HeldByRoots(graph, RootKind::kThread, "local")) {
    if (IsLoopOfThread(graph, data)) registries.push_back(data);
  }
  AddNamesOfCode(graph, &registries);
  for (const NodeId node : graph.program_nodes) {
    if (graph.kind(node) != NodeKind::kModule) continue;
    const std::string_view name = graph.strings.Text(graph.text[node]);
    for (const Registry& registry : kRegistries) {
      if (registry.module != name) continue;
      const NodeId list = Find(graph, node, registry.variable);
      if (IsDictOrSet(graph, list)) registries.push_back(list);
    }
  }
  return registries;
}

}  // namespace heapgrind

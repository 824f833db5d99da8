#include "converter/load/inferred_definitions.h"

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "converter/base/abseil_view.h"
#include "converter/heap/dict_items.h"

namespace heapgrind {
namespace {

constexpr std::string_view kBuiltins = "__builtin__";

class DefinitionInference {
 public:
  explicit DefinitionInference(HeapGraph* graph) : graph_(*graph) {}

  void Run() {
    for (const NodeId node : graph_.program_nodes) {
      if (graph_.kind(node) == NodeKind::kModule) LearnModule(node);
      if (graph_.kind(node) == NodeKind::kClass) InferModule(node);
    }
    for (const NodeId node : graph_.program_nodes) {
      if (graph_.kind(node) == NodeKind::kFunction) InferGlobals(node);
    }
    // Outer classes give nested ones their names, so they come first.
    for (const NodeId node : graph_.program_nodes) {
      if (graph_.kind(node) != NodeKind::kModule) continue;
      ForEachItem(node, [this](StringId name, NodeId value) {
        if (graph_.kind(value) == NodeKind::kClass &&
            name == graph_.text[value]) {
          waiting_.push_back(value);
        }
      });
    }
    while (!waiting_.empty()) {
      const NodeId type = waiting_.back();
      waiting_.pop_back();
      if (is_done_.insert(type).second) NameMembers(type);
    }
  }

 private:
  template <typename Function>
  void ForEachItem(NodeId owner, Function function) {
    const NodeId dict = graph_.UnnamedDict(owner);
    if (dict == kNoNode) return;
    for (const auto [key, value] : DictItems(graph_, dict)) {
      if (key == kNoNode || value == kNoNode) continue;
      function(graph_.text[key], value);
    }
  }

  // The text of the value that the namespace of `owner` has as `name`.
  StringId TextOf(NodeId owner, std::string_view name) {
    const StringId wanted = graph_.strings.Find(name);
    StringId text = kNoString;
    ForEachItem(owner, [&](StringId key, NodeId value) {
      if (key == wanted && graph_.type(value) == "str") {
        text = graph_.text[value];
      }
    });
    return text;
  }

  void InferGlobals(NodeId function) {
    for (const NodeId target : graph_.References(function)) {
      const auto found = name_of_module_dict_.find(target);
      if (found == name_of_module_dict_.end()) continue;
      graph_.definitions[function].module = found->second;
    }
  }

  void LearnModule(NodeId module) {
    const NodeId dict = graph_.UnnamedDict(module);
    if (dict != kNoNode) name_of_module_dict_[dict] = graph_.text[module];
    const StringId file = TextOf(module, "__file__");
    if (file == kNoString) return;
    std::string_view path = graph_.strings.Text(file);
    const bool is_compiled = absl::EndsWith(View(path), ".pyc") ||
                             absl::EndsWith(View(path), ".pyo");
    if (is_compiled) path.remove_suffix(1);
    graph_.definitions[module].file = graph_.strings.Intern(std::string(path));
  }

  void InferModule(NodeId type) {
    Definition& definition = graph_.definitions[type];
    const std::string name(graph_.strings.Text(graph_.text[type]));
    definition.module = TextOf(type, "__module__");
    if (definition.module != kNoString) return;
    const size_t dot = name.rfind('.');
    const bool has_module = dot != std::string::npos;
    definition.module = graph_.strings.Intern(
        has_module ? std::string_view(name).substr(0, dot) : kBuiltins);
    if (!has_module) return;
    graph_.text[type] = graph_.strings.Intern(name.substr(dot + 1));
    definition.qualname = graph_.text[type];
  }

  void NameMembers(NodeId type) {
    const Definition outer = graph_.definitions[type];
    ForEachItem(type, [&](StringId, NodeId value) {
      NameMember(outer, value);
      if (graph_.kind(value) != NodeKind::kObject) return;
      // A staticmethod, a classmethod, a property.
      for (const NodeId part : graph_.References(value)) {
        if (part != kNoNode) NameMember(outer, part);
      }
    });
  }

  void NameMember(const Definition& outer, NodeId member) {
    const NodeKind kind = graph_.kind(member);
    if (kind != NodeKind::kFunction && kind != NodeKind::kClass) return;
    Definition& definition = graph_.definitions[member];
    const bool is_known = definition.qualname != graph_.text[member];
    const bool is_foreign =
        kind == NodeKind::kClass && definition.module != outer.module;
    if (is_known || is_foreign || is_done_.contains(member)) return;
    definition.qualname = graph_.strings.Intern(
        absl::StrCat(View(graph_.strings.Text(outer.qualname)), ".",
                     View(graph_.strings.Text(graph_.text[member]))));
    if (kind == NodeKind::kClass) waiting_.push_back(member);
  }

  HeapGraph& graph_;
  absl::flat_hash_map<NodeId, StringId> name_of_module_dict_;
  std::vector<NodeId> waiting_;  // Classes.
  absl::flat_hash_set<NodeId> is_done_;
};

}  // namespace

void InferDefinitions(HeapGraph* graph) { DefinitionInference(graph).Run(); }

}  // namespace heapgrind

#include "converter/variable_homes.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "converter/value_types.h"

namespace heapgrind {
namespace {

// A module that holds a variable, and the name by which it does.
struct Holder {
  NodeId module;
  StringId name;
};

class VariableHomeFinder {
 public:
  VariableHomeFinder(const HeapGraph& graph, const Namespaces& namespaces,
                     const ModuleTable& modules, SourceFiles* sources,
                     Homes* homes)
      : graph_(graph),
        namespaces_(namespaces),
        modules_(modules),
        sources_(sources),
        homes_(homes),
        class_name_(graph.strings.Find("__class__")) {}

  void Find() {
    CollectHolders();
    for (const auto& [variable, holders] : holders_) {
      const bool is_shared =
          std::any_of(holders.begin(), holders.end(), [&](const Holder& other) {
            return other.module != holders[0].module;
          });
      if (!is_shared) continue;
      const NodeId module = Choose(variable, holders);
      if (module != kNoNode) {
        homes_->try_emplace(variable, namespaces_.DictOf(module));
      }
    }
  }

 private:
  void CollectHolders() {
    for (const auto& [module, name] : modules_.modules()) {
      const NodeId dict = namespaces_.DictOf(module);
      if (dict == kNoNode) continue;
      const absl::Span<const NodeId> items = graph_.References(dict);
      const size_t num_pairs = graph_.NumPairReferences(dict);
      for (size_t i = 0; i + 1 < num_pairs; i += 2) {
        if (items[i] == kNoNode || !IsVariable(items[i + 1])) continue;
        holders_[items[i + 1]].push_back({module, graph_.text[items[i]]});
      }
    }
  }

  bool IsVariable(NodeId value) const {
    return value != kNoNode && graph_.kind(value) == NodeKind::kObject &&
           !homes_->contains(value) && !IsAtomicType(graph_.type(value));
  }

  NodeId Choose(NodeId variable, const std::vector<Holder>& holders) {
    NodeId assigning = kNoNode;
    bool is_unique = true;
    for (const Holder& holder : holders) {
      if (!Assigns(holder)) continue;
      is_unique = assigning == kNoNode || assigning == holder.module;
      assigning = holder.module;
      if (!is_unique) break;
    }
    if (assigning != kNoNode && is_unique) return assigning;
    const NodeId home = ModuleOfClass(variable);
    for (const Holder& holder : holders) {
      if (holder.module == home) return home;
    }
    return kNoNode;
  }

  bool Assigns(const Holder& holder) {
    const auto found = graph_.definitions.find(holder.module);
    if (found == graph_.definitions.end()) return false;
    const PythonSource& source =
        sources_->Source(graph_.strings.Text(found->second.file));
    const std::string_view name = graph_.strings.Text(holder.name);
    return source.variables.contains(
        absl::string_view(name.data(), name.size()));
  }

  NodeId ModuleOfClass(NodeId variable) const {
    const NodeId type = graph_.Follow(variable, class_name_);
    const auto found = graph_.definitions.find(type);
    if (type == kNoNode || found == graph_.definitions.end()) return kNoNode;
    return modules_.Find(graph_.strings.Text(found->second.module));
  }

  const HeapGraph& graph_;
  const Namespaces& namespaces_;
  const ModuleTable& modules_;
  SourceFiles* const sources_;
  Homes* const homes_;
  const StringId class_name_;
  absl::flat_hash_map<NodeId, std::vector<Holder>> holders_;
};

}  // namespace

void FindVariableHomes(const HeapGraph& graph, const Namespaces& namespaces,
                       const ModuleTable& modules, SourceFiles* sources,
                       Homes* homes) {
  VariableHomeFinder(graph, namespaces, modules, sources, homes).Find();
}

}  // namespace heapgrind

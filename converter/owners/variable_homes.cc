#include "converter/owners/variable_homes.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "converter/heap/dict_items.h"
#include "converter/python/builtin_types.h"

namespace heapgrind {
namespace {

// A module that holds a variable, and the name by which it does.
struct Holder {
  NodeId module;
  StringId name;
};

// What the source of a module says.
struct ModuleFile {
  const PythonSource* source = nullptr;
  bool is_python = false;  // By its name.
};

// The modules that may define a variable: a module may hold it by two names.
struct Candidate {
  NodeId module = kNoNode;
  int count = 0;

  void Add(NodeId other) {
    if (other == module) return;
    module = other;
    ++count;
  }

  bool IsUnique() const { return count == 1; }
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
    CountReferences();
    CollectHolders();
    DropUncontested();
    ReadSources();
    for (const auto& [variable, holders] : holders_) {
      const NodeId module = Choose(variable, holders);
      if (module != kNoNode) {
        homes_->try_emplace(variable, namespaces_.DictOf(module));
      }
    }
  }

 private:
  // One and many suffice.
  void CountReferences() {
    num_references_.resize(graph_.num_nodes());
    for (const NodeId target : graph_.references) {
      if (target != kNoNode && num_references_[target] < 2) {
        ++num_references_[target];
      }
    }
  }

  void CollectHolders() {
    for (const auto& [module, name] : modules_.modules()) {
      const NodeId dict = namespaces_.DictOf(module);
      if (dict == kNoNode) continue;
      for (const auto [key, value] : DictItems(graph_, dict)) {
        if (key == kNoNode) continue;
        const Holder holder = {module, graph_.text[key]};
        if (IsVariable(value)) holders_[value].push_back(holder);
        if (IsName(key)) holders_[key].push_back(holder);
      }
    }
  }

  bool IsVariable(NodeId value) const {
    if (value == kNoNode || homes_->contains(value)) return false;
    const NodeKind kind = graph_.kind(value);
    return kind == NodeKind::kClass || kind == NodeKind::kFunction ||
           (kind == NodeKind::kObject && !IsAtomicType(graph_.type(value)));
  }

  bool IsName(NodeId key) const {
    return graph_.type(key) == "str" && !homes_->contains(key);
  }

  static bool HaveTwoModules(const std::vector<Holder>& holders) {
    return holders.front().module != holders.back().module;
  }

  // What no one else holds needs no home; who refers to the name of a variable
  // is all the same unless it is a module.
  void DropUncontested() {
    absl::erase_if(holders_, [this](const auto& entry) {
      const auto& [variable, holders] = entry;
      return IsName(variable) ? !HaveTwoModules(holders)
                              : num_references_[variable] < 2;
    });
  }

  void ReadSources() {
    for (const auto& [variable, holders] : holders_) {
      for (const Holder& holder : holders) files_.try_emplace(holder.module);
    }
    std::vector<std::string_view> paths;
    for (const auto& [module, file] : files_) paths.push_back(FileOf(module));
    sources_->ReadAhead(paths);
    for (auto& [module, file] : files_) {
      const std::string_view path = FileOf(module);
      file = {&sources_->Source(path), IsPython(path)};
    }
  }

  NodeId Choose(NodeId variable, const std::vector<Holder>& holders) {
    Candidate making;
    Candidate assigning;
    Candidate of_c;
    Candidate unknown;
    for (const Holder& holder : holders) {
      const ModuleFile& file = files_.find(holder.module)->second;
      if (Assigns(*file.source, holder.name)) {
        assigning.Add(holder.module);
        if (!IsAlias(*file.source, holder.name)) making.Add(holder.module);
      }
      if (file.source->is_here) continue;
      (file.is_python ? unknown : of_c).Add(holder.module);
    }
    for (const Candidate& candidate : {making, assigning, of_c, unknown}) {
      if (candidate.IsUnique()) return candidate.module;
      if (candidate.count > 1) break;
    }
    const NodeId home = IsName(variable) ? kNoNode : ModuleOfClass(variable);
    for (const Holder& holder : holders) {
      if (holder.module == home) return home;
    }
    return kNoNode;
  }

  std::string_view FileOf(NodeId module) const {
    const auto found = graph_.definitions.find(module);
    return found == graph_.definitions.end()
               ? std::string_view()
               : graph_.strings.Text(found->second.file);
  }

  static bool IsPython(std::string_view file) {
    return absl::EndsWith(absl::string_view(file.data(), file.size()), ".py");
  }

  bool Assigns(const PythonSource& source, StringId variable) const {
    const std::string_view text = graph_.strings.Text(variable);
    const absl::string_view name(text.data(), text.size());
    return source.variables.contains(name) || source.functions.contains(name) ||
           source.classes.contains(name);
  }

  bool IsAlias(const PythonSource& source, StringId variable) const {
    const std::string_view text = graph_.strings.Text(variable);
    return source.aliases.contains(absl::string_view(text.data(), text.size()));
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
  std::vector<uint8_t> num_references_;  // By node: 0, 1, or 2 for more.
  // By variable: the modules that hold it.
  absl::flat_hash_map<NodeId, std::vector<Holder>> holders_;
  absl::flat_hash_map<NodeId, ModuleFile> files_;  // Of these modules.
};

}  // namespace

void FindVariableHomes(const HeapGraph& graph, const Namespaces& namespaces,
                       const ModuleTable& modules, SourceFiles* sources,
                       Homes* homes) {
  VariableHomeFinder(graph, namespaces, modules, sources, homes).Find();
}

}  // namespace heapgrind

#include "converter/profile/source_places.h"

#include <algorithm>
#include <utility>

#include "absl/strings/string_view.h"

namespace heapgrind {
namespace {

using Lines = absl::flat_hash_map<std::string, uint32_t>;

// The line of `name`, or 0.
uint32_t LineOf(const Lines& lines, std::string_view name) {
  const auto found = lines.find(absl::string_view(name.data(), name.size()));
  return found == lines.end() ? 0 : found->second;
}

class SourcePlaceFinder {
 public:
  SourcePlaceFinder(const HeapGraph& graph, const ProfileTree& tree,
                    SourceFiles* sources)
      : graph_(graph),
        tree_(tree),
        sources_(sources),
        code_name_(graph.strings.Find("__code__")),
        class_name_(graph.strings.Find("__class__")) {
    for (const auto& [node, definition] : graph.definitions) {
      if (graph.kind(node) != NodeKind::kModule) continue;
      if (definition.file != kNoString) AddModule(node, definition.file);
    }
  }

  std::vector<SourcePlace> Find() {
    places_.resize(tree_.nodes.size());
    for (uint32_t i = 1; i < tree_.nodes.size(); ++i) {
      const ProfileNode& node = tree_.nodes[i];
      SourcePlace owner = places_[node.parent];
      owner.is_definition = false;
      const bool has_example = node.example != kNoNode && node.num_pruned == 0;
      places_[i] = has_example ? PlaceOf(node, owner) : owner;
    }
    return std::move(places_);
  }

 private:
  SourcePlace PlaceOf(const ProfileNode& node, SourcePlace owner) {
    const auto found = graph_.definitions.find(Defining(node.example));
    if (found == graph_.definitions.end()) {
      return IsVariable(node) ? PlaceOfVariable(node, owner)
                              : PlaceOfInstance(node.example, owner);
    }
    const Definition& definition = found->second;
    if (definition.file != kNoString) {
      return {definition.file, std::max<uint32_t>(definition.line, 1), true};
    }
    if (graph_.kind(node.example) != NodeKind::kClass) return owner;
    return PlaceOfClass(definition, owner);
  }

  // Of two modules with one name the one whose file comes first counts.
  void AddModule(NodeId module, StringId file) {
    const auto [entry, is_new] =
        module_of_name_.try_emplace(graph_.text[module], module, file);
    if (!is_new &&
        graph_.strings.Text(file) < graph_.strings.Text(entry->second.second)) {
      entry->second = {module, file};
    }
  }

  // A function's place is its code's.
  NodeId Defining(NodeId node) const {
    if (graph_.kind(node) != NodeKind::kFunction) return node;
    const NodeId code = graph_.Follow(node, code_name_);
    return code == kNoNode ? node : code;
  }

  bool IsVariable(const ProfileNode& node) const {
    if (node.parent == 0 || node.label.form != LeafForm::kAttribute) {
      return false;
    }
    const ProfileNode& owner = tree_.nodes[node.parent];
    return owner.example != kNoNode &&
           graph_.kind(owner.example) == NodeKind::kModule;
  }

  SourcePlace PlaceOfVariable(const ProfileNode& node, SourcePlace module) {
    const uint32_t line =
        LineOf(Source(module).variables, graph_.strings.Text(node.label.text));
    return line == 0 ? module : SourcePlace{module.file, line, true};
  }

  // An instance is where its class is.
  SourcePlace PlaceOfInstance(NodeId node, SourcePlace owner) {
    const auto found =
        graph_.definitions.find(graph_.Follow(node, class_name_));
    if (found == graph_.definitions.end()) return owner;
    const auto module = module_of_name_.find(found->second.module);
    if (module == module_of_name_.end()) return owner;
    const SourcePlace place = {module->second.second, 1};
    SourcePlace result = PlaceOfClass(found->second, place);
    result.is_definition = false;
    return result;
  }

  SourcePlace PlaceOfClass(const Definition& definition, SourcePlace owner) {
    uint32_t line = definition.line;
    if (line == 0) {
      line = LineOf(Source(owner).classes,
                    graph_.strings.Text(definition.qualname));
    }
    return line == 0 ? owner : SourcePlace{owner.file, line, true};
  }

  const PythonSource& Source(SourcePlace place) {
    return sources_->Source(graph_.strings.Text(place.file));
  }

  const HeapGraph& graph_;
  const ProfileTree& tree_;
  SourceFiles* const sources_;
  const StringId code_name_;
  const StringId class_name_;
  // The modules that have a file, with it.
  absl::flat_hash_map<StringId, std::pair<NodeId, StringId>> module_of_name_;
  std::vector<SourcePlace> places_;
};

}  // namespace

std::vector<SourcePlace> FindSourcePlaces(const HeapGraph& graph,
                                          const ProfileTree& tree,
                                          SourceFiles* sources) {
  return SourcePlaceFinder(graph, tree, sources).Find();
}

}  // namespace heapgrind

#include "converter/suspects/library_rows.h"

#include <optional>

#include "absl/container/flat_hash_map.h"
#include "converter/python/builtin_types.h"
#include "converter/python/library_files.h"

namespace heapgrind {
namespace {

class LibraryRows {
 public:
  LibraryRows(const HeapGraph& graph, const ShownRows& rows)
      : graph_(graph),
        rows_(rows),
        class_name_(graph.strings.Find("__class__")) {
    for (const auto& [node, definition] : graph.definitions) {
      if (graph.kind(node) != NodeKind::kModule) continue;
      file_of_module_.try_emplace(graph.text[node], definition.file);
    }
  }

  std::vector<bool> Find() const {
    std::vector<bool> is_of_library(rows_.size());
    for (uint32_t i = 1; i < rows_.size(); ++i) {
      const ProfileNode& row = rows_.tree.nodes[i];
      const std::optional<bool> own =
          row.label.is_named() ? IsPlacedInLibrary(i) : IsOfLibraryClass(row);
      is_of_library[i] = own.value_or(is_of_library[row.parent]);
    }
    return is_of_library;
  }

 private:
  std::optional<bool> IsPlacedInLibrary(uint32_t i) const {
    const StringId file = rows_.places[i].file;
    if (file == kNoString) return std::nullopt;
    return IsLibraryFile(graph_.strings.Text(file));
  }

  // Nothing for what goes with its owner.
  std::optional<bool> IsOfLibraryClass(const ProfileNode& row) const {
    if (row.example == kNoNode || IsContainerType(Type(row))) {
      return std::nullopt;
    }
    const auto definition =
        graph_.definitions.find(graph_.Follow(row.example, class_name_));
    if (definition == graph_.definitions.end()) return std::nullopt;
    const StringId module = definition->second.module;
    const std::string_view name = graph_.strings.Text(module);
    if (name == "builtins" || name == "__builtin__") return std::nullopt;
    const auto file = file_of_module_.find(module);
    if (file == file_of_module_.end()) return std::nullopt;
    // What has no file is compiled into the interpreter.
    if (file->second == kNoString) return name != "__main__";
    return IsLibraryFile(graph_.strings.Text(file->second));
  }

  std::string_view Type(const ProfileNode& row) const {
    return graph_.strings.Text(row.label.type);
  }

  const HeapGraph& graph_;
  const ShownRows& rows_;
  const StringId class_name_;
  absl::flat_hash_map<StringId, StringId> file_of_module_;
};

}  // namespace

std::vector<bool> FindLibraryRows(const HeapGraph& graph,
                                  const ShownRows& rows) {
  return LibraryRows(graph, rows).Find();
}

}  // namespace heapgrind

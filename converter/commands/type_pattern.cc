#include "converter/commands/type_pattern.h"

#include <fnmatch.h>

#include <cstdint>
#include <map>

#include "absl/strings/str_cat.h"
#include "converter/base/clean_name.h"
#include "converter/cli/closest_name.h"
#include "converter/cli/messages.h"

namespace heapgrind {
namespace {

// The names of all types, and those without their modules, each with the name
// of the type in full.
std::map<std::string, std::string> TypesByName(AnalyzedHeap* heap) {
  const HeapGraph& graph = heap->graph();
  const TypeNames& type_names = heap->type_names();
  std::vector<bool> is_seen(graph.strings.size());
  std::map<std::string, std::string> types;
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    const StringId type = type_names.Of(node);
    if (is_seen[type]) continue;
    is_seen[type] = true;
    const std::string name = CleanName(graph.strings.Text(type));
    types[name] = name;
    types.try_emplace(name.substr(name.rfind('.') + 1), name);
  }
  return types;
}

}  // namespace

std::vector<bool> NodesOfType(const std::string& pattern, AnalyzedHeap* heap) {
  const HeapGraph& graph = heap->graph();
  if (pattern.empty()) return std::vector<bool>(graph.num_nodes(), true);
  const TypeNames& type_names = heap->type_names();
  enum class Match : uint8_t { kUnknown, kNo, kYes };
  std::vector<Match> match_of_type(graph.strings.size(), Match::kUnknown);
  std::vector<bool> is_counted(graph.num_nodes());
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    const StringId type = type_names.Of(node);
    Match& match = match_of_type[type];
    if (match == Match::kUnknown) {
      const std::string name(graph.strings.Text(type));
      const bool fits = fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
      match = fits ? Match::kYes : Match::kNo;
    }
    is_counted[node] = match == Match::kYes;
  }
  return is_counted;
}

absl::Status NoObjectOfType(const std::string& pattern, AnalyzedHeap* heap) {
  const std::map<std::string, std::string> types = TypesByName(heap);
  std::vector<std::string> names;
  for (const auto& [name, type] : types) names.push_back(name);
  const std::string closest = ClosestName(pattern, names);
  const std::string hint =
      closest.empty()
          ? ""
          : absl::StrCat(kBeforeHint, "did you mean ", types.at(closest), "?");
  return absl::NotFoundError(
      absl::StrCat(heap->name(), ": expected objects of a type that matches \"",
                   pattern, "\" in --type, got none", hint));
}

}  // namespace heapgrind

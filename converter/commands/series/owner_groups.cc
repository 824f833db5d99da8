#include "converter/commands/series/owner_groups.h"

#include <cctype>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "converter/base/clean_name.h"
#include "converter/profile/profile_tree.h"

namespace heapgrind {
namespace {

// Main, modules and classes: what is below them may be an owner of its own.
bool IsNamespace(const Label& label, uint32_t row) {
  return row == 0 || label.kind == RowKind::kModule ||
         label.kind == RowKind::kClass;
}

// Classes and functions belong to their modules.
bool IsDefinition(const Label& label) {
  return label.kind == RowKind::kClass || label.kind == RowKind::kFunction;
}

// By row of `tree`, whose parents come first: the row of its owner.
std::vector<uint32_t> OwnerRows(const ProfileTree& tree) {
  std::vector<uint32_t> owners(tree.nodes.size());
  std::vector<bool> is_open(
      tree.nodes.size());  // What is below is not decided.
  for (uint32_t row = 0; row < tree.nodes.size(); ++row) {
    const ProfileNode& node = tree.nodes[row];
    const bool is_own =
        row == 0 || (is_open[node.parent] && !IsDefinition(node.label));
    owners[row] = is_own ? row : owners[node.parent];
    is_open[row] =
        (row == 0 || is_open[node.parent]) && IsNamespace(node.label, row);
  }
  return owners;
}

// "Thread-12 (run)" as "Thread-* (run)": threads come and go.
std::string WithoutNumbers(absl::string_view name) {
  std::string text;
  for (const char c : name) {
    const bool is_digit = std::isdigit(static_cast<unsigned char>(c)) != 0;
    if (!is_digit) text += c;
    if (is_digit && (text.empty() || text.back() != '*')) text += '*';
  }
  return text;
}

// `name` is "dict::CACHE (app.CACHE)", the path "app.CACHE".
std::string NameOf(const Label& label, absl::string_view name,
                   const std::string& path) {
  if (label.kind == RowKind::kThread) return WithoutNumbers(CleanName(path));
  if (label.kind == RowKind::kModule) return CleanName(path);
  if (label.is_named()) return std::string(name);  // "interpreter::state"
  if (label.sharers == kNoString) return CleanName(path);
  return std::string(name.substr(name.find("::") + 2));
}

}  // namespace

std::vector<std::string> OwnersOfFunctions(AnalyzedHeap* heap) {
  const ProfileTree& tree = heap->profile();
  const std::vector<std::string> names = heap->owner_names();
  std::vector<std::string> owners;
  for (const uint32_t row : OwnerRows(tree)) {
    owners.push_back(
        NameOf(tree.nodes[row].label, names[row], heap->paths()[row]));
  }
  return owners;
}

}  // namespace heapgrind

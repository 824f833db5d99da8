#include "converter/profile/root_names.h"

#include <cstddef>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "converter/base/numbered_names.h"

namespace heapgrind {
namespace {

constexpr size_t kMinThreads = 3;

std::vector<std::string> NamesInDump(const HeapGraph& graph) {
  std::vector<std::string> names;
  int num_unnamed = 0;
  for (const Root& root : graph.roots) {
    names.emplace_back(graph.strings.Text(root.name));
    if (!names.back().empty()) continue;
    names.back() = root.kind == RootKind::kThread
                       ? absl::StrCat("without a name ", ++num_unnamed)
                       : "state";
  }
  return names;
}

}  // namespace

std::vector<std::string> RootNames(const HeapGraph& graph) {
  std::vector<std::string> names = NamesInDump(graph);
  std::vector<std::string_view> of_threads;
  for (size_t i = 0; i < names.size(); ++i) {
    const bool is_thread = graph.roots[i].kind == RootKind::kThread;
    of_threads.push_back(is_thread ? names[i] : std::string_view());
  }
  const std::vector<std::string> folded =
      FoldNumberedNames(of_threads, kMinThreads);
  for (size_t i = 0; i < names.size(); ++i) {
    if (!folded[i].empty()) names[i] = folded[i];
  }
  return names;
}

}  // namespace heapgrind

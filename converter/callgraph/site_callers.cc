#include "converter/callgraph/site_callers.h"

#include <cstddef>
#include <string_view>

#include "absl/strings/match.h"
#include "converter/base/abseil_view.h"

namespace heapgrind {
namespace {

bool IsImportSystem(std::string_view file) {
  return file == "<frozen importlib._bootstrap>" ||
         file == "<frozen importlib._bootstrap_external>";
}

// Whether `file` is of what starts a program: runpy of the standard library
// (frozen from Python 3.11 on), or `heapgrind run`, whose modules are
// heapgrind/_*.py.
bool IsLauncher(std::string_view file) {
  if (file == "<frozen runpy>") return true;
  if (absl::EndsWith(View(file), "/runpy.py")) {
    return file.find("/python3") != std::string_view::npos;
  }
  return absl::EndsWith(View(file), ".py") &&
         file.find("/heapgrind/_") != std::string_view::npos;
}

}  // namespace

std::vector<uint32_t> FindSiteCallers(const HeapGraph& graph) {
  std::vector<uint32_t> callers;
  std::vector<bool> is_launcher;  // By site.
  for (const AllocationSite& site : graph.sites) {
    uint32_t caller = site.caller;
    const bool is_outer =
        caller == AllocationSite::kNone || is_launcher[caller];
    is_launcher.push_back(is_outer &&
                          IsLauncher(graph.strings.Text(site.file)));
    if (caller != AllocationSite::kNone &&
        IsImportSystem(graph.strings.Text(graph.sites[caller].file))) {
      caller = callers[caller];
    }
    const bool has_caller =
        caller != AllocationSite::kNone && !is_launcher[caller];
    callers.push_back(has_caller ? caller : AllocationSite::kNone);
  }
  return callers;
}

}  // namespace heapgrind

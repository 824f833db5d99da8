#include "converter/profile/name_walk.h"

#include <utility>
#include <vector>

namespace heapgrind {
namespace {

constexpr uint32_t kNone = 0;  // Main is below nothing.

// By function: the first one below it, and the next one below its owner.
struct Children {
  explicit Children(const std::vector<uint32_t>& parent)
      : first(parent.size(), kNone), next(parent.size(), kNone) {
    for (uint32_t i = static_cast<uint32_t>(parent.size()); i-- > 1;) {
      next[i] = std::exchange(first[parent[i]], i);
    }
  }

  std::vector<uint32_t> first;
  std::vector<uint32_t> next;
};

}  // namespace

void ForEachName(
    const FunctionTable& functions, const StringTable& strings, Places places,
    absl::FunctionRef<void(uint32_t function, const std::string& name)> take) {
  take(0, MakeName(functions, 0, "", "", strings, places));
  const Children children(functions.sizes.parent);
  // Those that come next, one for each function above the last one and for
  // this, and the paths of their owners.
  std::vector<uint32_t> waiting = {children.first[0]};
  std::vector<std::string> paths = {""};
  while (!waiting.empty()) {
    const uint32_t function = waiting.back();
    if (function == kNone) {
      waiting.pop_back();
      paths.pop_back();
      continue;
    }
    waiting.back() = children.next[function];
    const std::string& owner_path = paths.back();
    std::string path = PathBelow(owner_path, functions, function, strings);
    take(function,
         MakeName(functions, function, path, owner_path, strings, places));
    if (children.first[function] == kNone) continue;
    waiting.push_back(children.first[function]);
    paths.push_back(std::move(path));
  }
}

}  // namespace heapgrind

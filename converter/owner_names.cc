#include "converter/owner_names.h"

#include "converter/clean_name.h"
#include "converter/path_names.h"

namespace heapgrind {
namespace {

constexpr char kFrame[] = "frame::";

// A name without the place that it ends with, "(MainThread: serve, app.py:41)",
// because that changes while a frame or a generator runs.
std::string WithoutPlace(std::string name, const Label& label) {
  if (label.place == kNoString &&
      name.compare(0, sizeof(kFrame) - 1, kFrame) != 0) {
    return name;
  }
  const size_t comma = name.rfind(", ");
  if (comma != std::string::npos && name.back() == ')') {
    name.erase(comma, name.size() - comma - 1);
  }
  return name;
}

}  // namespace

std::vector<std::string> OwnerNames(const ProfileTree& tree,
                                    const std::vector<std::string>& paths,
                                    const StringTable& strings) {
  std::vector<std::string> names;
  for (uint32_t i = 0; i < tree.nodes.size(); ++i) {
    const std::string name = MakeName(tree, i, paths, strings);
    names.push_back(CleanName(WithoutPlace(name, tree.nodes[i].label)));
  }
  return names;
}

}  // namespace heapgrind

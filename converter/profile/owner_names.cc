#include "converter/profile/owner_names.h"

#include "converter/base/clean_name.h"
#include "converter/profile/path_names.h"

namespace heapgrind {

std::vector<std::string> OwnerNames(const ProfileTree& tree,
                                    const std::vector<std::string>& paths,
                                    const StringTable& strings) {
  std::vector<std::string> names;
  for (uint32_t i = 0; i < tree.size(); ++i) {
    names.push_back(
        CleanName(MakeName(tree, i, paths[i], paths[tree.nodes[i].parent],
                           strings, Places::kHidden)));
  }
  return names;
}

}  // namespace heapgrind

// Which top-level package owns each function of a profile.

#ifndef HEAPGRIND_CONVERTER_PROFILE_PACKAGE_NAMES_H_
#define HEAPGRIND_CONVERTER_PROFILE_PACKAGE_NAMES_H_

#include <string>
#include <vector>

#include "converter/base/string_table.h"
#include "converter/profile/profile_tree.h"

namespace heapgrind {

// By function: the name of the package, or of what stands for one: "(process)",
// "(shared)", "(threads)", "(unreachable)".  Clean (clean_name.h).
std::vector<std::string> PackageNames(const ProfileTree& tree,
                                      const StringTable& strings);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_PACKAGE_NAMES_H_

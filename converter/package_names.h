// Which top-level package owns each function of a profile.

#ifndef HEAPGRIND_CONVERTER_PACKAGE_NAMES_H_
#define HEAPGRIND_CONVERTER_PACKAGE_NAMES_H_

#include <string>
#include <vector>

#include "converter/profile_tree.h"
#include "converter/string_table.h"

namespace heapgrind {

// By function: the name of the package, or of what stands for one: "(process)",
// "(shared)", "(threads)", "(unreachable)".  Clean (clean_name.h).
std::vector<std::string> PackageNames(const ProfileTree& tree,
                                      const StringTable& strings);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PACKAGE_NAMES_H_

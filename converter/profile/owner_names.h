// What the functions of a profile are called where dumps are compared.

#ifndef HEAPGRIND_CONVERTER_PROFILE_OWNER_NAMES_H_
#define HEAPGRIND_CONVERTER_PROFILE_OWNER_NAMES_H_

#include <string>
#include <vector>

#include "converter/base/string_table.h"
#include "converter/profile/profile_tree.h"

namespace heapgrind {

// By function of `tree`, whose paths are `paths` (path_names.h): "dict::CACHE
// (app.CACHE)", clean (clean_name.h).  Frames and generators are without the
// line that they are at, which differs between dumps.  Several functions may
// have the same name.
std::vector<std::string> OwnerNames(const ProfileTree& tree,
                                    const std::vector<std::string>& paths,
                                    const StringTable& strings);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_OWNER_NAMES_H_

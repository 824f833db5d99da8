// What the functions of a profile are called where dumps are compared.

#ifndef HEAPGRIND_CONVERTER_PROFILE_OWNER_NAMES_H_
#define HEAPGRIND_CONVERTER_PROFILE_OWNER_NAMES_H_

#include <string>
#include <vector>

#include "converter/base/string_table.h"
#include "converter/profile/profile_tree.h"

namespace heapgrind {

// By function of a FunctionTable or of a ProfileTree, whose paths are `paths`
// (path_names.h): "dict::CACHE (app.CACHE)", clean (clean_name.h).  Frames and
// generators are without the line that they are at, which differs between
// dumps.  Several functions may have the same name.
template <typename Functions>
std::vector<std::string> OwnerNames(const Functions& functions,
                                    const std::vector<std::string>& paths,
                                    const StringTable& strings);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_OWNER_NAMES_H_

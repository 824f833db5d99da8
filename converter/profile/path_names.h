// The texts of functions: the leaf and the path of each.
//
// Functions are those of a FunctionTable or of a ProfileTree.

#ifndef HEAPGRIND_CONVERTER_PROFILE_PATH_NAMES_H_
#define HEAPGRIND_CONVERTER_PROFILE_PATH_NAMES_H_

#include <string>
#include <string_view>
#include <vector>

#include "converter/base/string_table.h"
#include "converter/profile/function_table.h"
#include "converter/profile/profile_tree.h"

namespace heapgrind {

// What comes behind the owner's path: ".data", "['key']", "[*]".
std::string StepText(const Label& label, const StringTable& strings);

// A path, without its middle if it is longer than a reader takes in.
std::string ShortenPath(std::string_view path);

// The path of a function whose owner's path is `owner`.
template <typename Functions>
std::string PathBelow(const std::string& owner, const Functions& functions,
                      uint32_t function, const StringTable& strings);

// By function: the expression that reaches its objects, such as
// "app.CACHE[*].data" or "MainThread: serve.rows".  A path that grows too long
// loses its middle.
template <typename Functions>
std::vector<std::string> MakePaths(const Functions& functions,
                                   const StringTable& strings);

// The path of one function, as MakePaths has it.  Linear in its depth.
template <typename Functions>
std::string PathOf(const Functions& functions, uint32_t function,
                   const StringTable& strings);

// Whether a name says where a frame or a suspended generator is, "app.py:41",
// which changes while it runs.
enum class Places { kShown, kHidden };

// "TYPE::LEAF (PATH)" of one function, before clean-up and numbering, from its
// path and its owner's.
template <typename Functions>
std::string MakeName(const Functions& functions, uint32_t function,
                     const std::string& path, const std::string& owner_path,
                     const StringTable& strings,
                     Places places = Places::kShown);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_PATH_NAMES_H_

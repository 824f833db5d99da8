// Which top-level package owns each function of a profile.

#ifndef HEAPGRIND_CONVERTER_PROFILE_PACKAGE_NAMES_H_
#define HEAPGRIND_CONVERTER_PROFILE_PACKAGE_NAMES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/base/string_table.h"
#include "converter/profile/profile_tree.h"

namespace heapgrind {

struct Packages {
  // Of packages, or of what stands for one: "(process)", "(shared)",
  // "(threads)", "(unreachable)".  Clean (clean_name.h), each once.
  std::vector<std::string> names;
  std::vector<uint32_t> of_function;  // By function: place in `names`.

  const std::string& Of(uint32_t function) const {
    return names[of_function[function]];
  }
};

// Of the functions of a FunctionTable or of a ProfileTree.  Linear.
template <typename Functions>
Packages FindPackages(const Functions& functions, const StringTable& strings);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_PACKAGE_NAMES_H_

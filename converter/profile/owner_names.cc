#include "converter/profile/owner_names.h"

#include "converter/base/clean_name.h"
#include "converter/profile/path_names.h"

namespace heapgrind {

template <typename Functions>
std::vector<std::string> OwnerNames(const Functions& functions,
                                    const std::vector<std::string>& paths,
                                    const StringTable& strings) {
  std::vector<std::string> names;
  for (uint32_t i = 0; i < functions.size(); ++i) {
    names.push_back(
        CleanName(MakeName(functions, i, paths, strings, Places::kHidden)));
  }
  return names;
}

template std::vector<std::string> OwnerNames(const FunctionTable&,
                                             const std::vector<std::string>&,
                                             const StringTable&);
template std::vector<std::string> OwnerNames(const ProfileTree&,
                                             const std::vector<std::string>&,
                                             const StringTable&);

}  // namespace heapgrind

// The functions that are not shown, grouped by type below what is shown.

#ifndef HEAPGRIND_CONVERTER_PROFILE_SMALL_GROUPS_H_
#define HEAPGRIND_CONVERTER_PROFILE_SMALL_GROUPS_H_

#include <cstdint>
#include <vector>

#include "converter/base/string_table.h"
#include "converter/profile/function_sizes.h"

namespace heapgrind {

// The small functions of one type below one function that stays.
struct SmallGroup {
  uint32_t parent = 0;  // The function that stays.
  StringId type = kNoString;
  uint64_t bytes = 0;
  uint64_t num_functions = 0;
};

struct SmallGroups {
  std::vector<SmallGroup> groups;  // Those of one parent are neighbours.
  std::vector<uint32_t> group_of_function;  // kNoFunction: it stays.
};

// The groups of the functions that are not in `is_kept`, which has the parent
// of each in it.  Linear in the functions and in the texts of `strings`.
SmallGroups GroupSmallFunctions(const FunctionSizes& functions,
                                const std::vector<bool>& is_kept,
                                const StringTable& strings);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_SMALL_GROUPS_H_

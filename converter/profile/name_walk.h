// The names of many functions, one after the other.

#ifndef HEAPGRIND_CONVERTER_PROFILE_NAME_WALK_H_
#define HEAPGRIND_CONVERTER_PROFILE_NAME_WALK_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "converter/base/string_table.h"
#include "converter/profile/function_table.h"
#include "converter/profile/path_names.h"

namespace heapgrind {

// Calls `take` with each function and its name (MakeName), depth first.  Takes
// 8 bytes a function, and the paths of those above one.
void ForEachName(
    const FunctionTable& functions, const StringTable& strings, Places places,
    absl::FunctionRef<void(uint32_t function, const std::string& name)> take);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_NAME_WALK_H_

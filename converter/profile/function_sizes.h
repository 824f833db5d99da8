// What pruning knows of functions: three numbers for each.

#ifndef HEAPGRIND_CONVERTER_PROFILE_FUNCTION_SIZES_H_
#define HEAPGRIND_CONVERTER_PROFILE_FUNCTION_SIZES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "converter/base/string_table.h"

namespace heapgrind {

inline constexpr uint32_t kNoFunction = UINT32_MAX;

// By function.  The root, main, comes first and is its own parent; parents come
// before children.
struct FunctionSizes {
  std::vector<uint32_t> parent;
  std::vector<StringId> type;
  std::vector<uint64_t> self_bytes;

  size_t size() const { return parent.size(); }
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_FUNCTION_SIZES_H_

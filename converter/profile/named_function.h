// What a function's name is made of: its label, and the functions above it.

#ifndef HEAPGRIND_CONVERTER_PROFILE_NAMED_FUNCTION_H_
#define HEAPGRIND_CONVERTER_PROFILE_NAMED_FUNCTION_H_

#include <cstdint>

#include "converter/profile/labels.h"

namespace heapgrind {

// What has functions by number, main first and parents before children, has
// size() and At(number), as FunctionTable and ProfileTree have.
struct NamedFunction {
  uint32_t parent = 0;  // Lower than the function's own; main's is itself.
  bool is_recursive = false;
  Label label;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_NAMED_FUNCTION_H_

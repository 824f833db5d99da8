// Splits Python source into statements.

#ifndef HEAPGRIND_CONVERTER_PYTHON_PYTHON_STATEMENTS_H_
#define HEAPGRIND_CONVERTER_PYTHON_PYTHON_STATEMENTS_H_

#include <cstdint>
#include <string_view>

#include "absl/functional/function_ref.h"

namespace heapgrind {

// A logical line: it may go on over several lines inside brackets and strings.
struct PythonStatement {
  uint32_t line = 0;    // Where it begins, from 1.
  uint32_t indent = 0;  // Columns; a tab goes to the next multiple of eight.
  // Its text on one line, without comments, and with each string as "".  Valid
  // until the next statement.
  std::string_view text;
};

// Calls `take` with the statements in their order.  `a; b` is one, `if x: y`
// too.  Linear: runs of plain characters are found by one table look-up each,
// which is several times as fast as looking at what each of them might be.
void SplitPythonStatements(
    std::string_view source,
    absl::FunctionRef<void(const PythonStatement&)> take);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PYTHON_PYTHON_STATEMENTS_H_

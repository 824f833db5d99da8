// Splits Python source into statements.

#ifndef HEAPGRIND_CONVERTER_PYTHON_STATEMENTS_H_
#define HEAPGRIND_CONVERTER_PYTHON_STATEMENTS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heapgrind {

// A logical line: it may go on over several lines inside brackets and strings.
struct PythonStatement {
  uint32_t line = 0;    // Where it begins, from 1.
  uint32_t indent = 0;  // Columns; a tab goes to the next multiple of eight.
  // Its text on one line, without comments, and with each string as "".
  std::string text;
};

// Statements in their order.  `a; b` is one, `if x: y` too.  Linear.
std::vector<PythonStatement> SplitPythonStatements(std::string_view source);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PYTHON_STATEMENTS_H_

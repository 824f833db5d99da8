// Where a Python source file defines its classes and module variables.
//
// A dump says which module holds a variable, not which one defines it, nor
// where a class begins; the source does.  This is no parser: it follows
// strings, brackets, comments and indentation, which is what it takes to find
// the statements, and looks at how each of them begins.

#ifndef HEAPGRIND_CONVERTER_PYTHON_PYTHON_SOURCE_H_
#define HEAPGRIND_CONVERTER_PYTHON_PYTHON_SOURCE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

namespace heapgrind {

struct PythonSource {
  // Whether the file was there to be read.
  bool is_here = false;

  // Module variables, by name: the line, from 1, of the first statement that
  // assigns them: `x = ...`, `x, y = ...`, `x: int = ...`, `for x in`,
  // `with ... as x`; failing that, of a `global x` in a function.
  absl::flat_hash_map<std::string, uint32_t> variables;

  // Those of `variables` that every assignment makes another name of something:
  // `x = y`, `x = y.z`; None is something, too.
  absl::flat_hash_set<std::string> aliases;

  // Functions of the module itself, by name: the line of the first `def`.
  absl::flat_hash_map<std::string, uint32_t> functions;

  // Classes, by qualified name as CPython writes it ("A.B", "f.<locals>.C"):
  // the line of the first `class` statement.
  absl::flat_hash_map<std::string, uint32_t> classes;
};

// Reads Python source of any version, correct or not.  Linear in its length.
PythonSource ScanPythonSource(std::string_view text);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PYTHON_PYTHON_SOURCE_H_

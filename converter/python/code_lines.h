// Which function a line of source is in, by the code objects of a heap.
//
// A line is in the innermost code that spans it.  Lambdas, comprehensions and
// generator expressions count with the function that they stand in, and so does
// the line with which a longer function inside begins.  The code
// of modules and class bodies is gone once it has run: what is in no code is in
// "<module>".

#ifndef HEAPGRIND_CONVERTER_PYTHON_CODE_LINES_H_
#define HEAPGRIND_CONVERTER_PYTHON_CODE_LINES_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "converter/heap/heap_graph.h"

namespace heapgrind {

class CodeLines {
 public:
  struct Code {
    uint32_t line = 0;  // First and last, from 1; of "<module>" 0.
    uint32_t last_line = 0;
    StringId qualname = kNoString;  // kNoString: "<module>".
  };

  explicit CodeLines(const HeapGraph& graph);

  // The code that has `line` of the file.  Time grows with the codes of the
  // file that begin before the line.
  Code Find(StringId file, uint32_t line) const;

 private:
  // By their first lines; of those that begin together the longest first.
  absl::flat_hash_map<StringId, std::vector<Code>> codes_of_file_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PYTHON_CODE_LINES_H_

// Chooses the functions to show, and joins those that are too small to see.
//
// Each function keeps its large callees.  Its small callees, with everything
// below them, are joined by type, so that a viewer's sums by type stay right: a
// type that is large enough gets its own row, and all others share one row of
// type "small".  The total does not change.
//
//     functions              rows
//     a 100                  a 100
//       b 60                   b 60
//       c 3                    small 8
//         d 2          ->
//       e 5
//
// A heap has hundreds of thousands of functions, of which some thousands are
// shown.  Pruning therefore reads three numbers per function.  The rest of a
// row (profile_tree.h) is made afterwards, for the functions that stay.

#ifndef HEAPGRIND_CONVERTER_PROFILE_PRUNE_H_
#define HEAPGRIND_CONVERTER_PROFILE_PRUNE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "converter/base/string_table.h"
#include "converter/profile/function_sizes.h"

namespace heapgrind {

struct PruneLimits {
  double min_percent = 0.01;       // Of all bytes; smaller functions go.
  uint64_t max_functions = 20000;  // At least 2: main and one for the rest.
  uint64_t max_callees = 5000;     // KCachegrind's views are quadratic in them.
};

struct Row {
  uint32_t parent = 0;  // Place of a row; lower than the row's own but main's.
  // The function that it shows; kNoFunction if it joins small ones.
  uint32_t function = kNoFunction;
  // Of a row that joins: the type of its functions, or "small"; their number;
  // and if the type is "small", the number of their types.
  StringId type = kNoString;
  uint64_t num_pruned = 0;
  uint64_t num_pruned_types = 0;
};

struct Rows {
  std::vector<Row> rows;                  // Main comes first.
  std::vector<uint32_t> row_of_function;  // By function.
};

// Rows for the largest functions, and for the others joined.  O(n + k log k)
// for n functions of which k are not small.
Rows Prune(const FunctionSizes& functions, const PruneLimits& limits,
           StringTable* strings);

// Rows for the functions in `is_wanted` and for the functions above them.  Each
// of these has one row below it for its other callees.  Linear.
Rows PruneTo(const FunctionSizes& functions, std::vector<bool> is_wanted,
             StringTable* strings);

// A row for each function.
Rows KeepAll(const FunctionSizes& functions);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_PRUNE_H_

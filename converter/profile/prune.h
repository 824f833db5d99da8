// Chooses which functions to show, and gathers what is too small to see.
//
// Each function keeps its large callees.  The others, with all that is below
// them, are gathered by type, so that a viewer's sums by type stay right: a
// type that is large enough gets a row of its own, and the rest become one row
// of type "small".  The total does not change.
//
//     functions              rows
//     a 100                  a 100
//       b 60                   b 60
//       c 3                    small 8
//         d 2          ->
//       e 5
//
// A heap has hundreds of thousands of functions and shows some thousands.  So
// pruning knows of each function only what it needs, and what else belongs to a
// row (profile_tree.h) is made for those that stay.

#ifndef HEAPGRIND_CONVERTER_PROFILE_PRUNE_H_
#define HEAPGRIND_CONVERTER_PROFILE_PRUNE_H_

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

struct PruneLimits {
  double min_percent = 0.01;       // Of all bytes; smaller functions go.
  uint64_t max_functions = 20000;  // At least 2: main and one for the rest.
  uint64_t max_callees = 5000;     // KCachegrind's views are quadratic in them.
};

struct Row {
  uint32_t parent = 0;  // Place of a row; lower than the row's own but main's.
  // The function that it shows; kNoFunction if it gathers small ones.
  uint32_t function = kNoFunction;
  // Of a row that gathers: the type of what it gathers, or "small"; how many
  // functions; and how many types they are of, if the type is "small".
  StringId type = kNoString;
  uint64_t num_pruned = 0;
  uint64_t num_pruned_types = 0;
};

struct Rows {
  std::vector<Row> rows;                  // Main comes first.
  std::vector<uint32_t> row_of_function;  // By function.
};

// Rows for the largest functions and for what the others gather to.  O(n + k
// log k) for n functions of which k are not small.
Rows Prune(const FunctionSizes& functions, const PruneLimits& limits,
           StringTable* strings);

// Rows for the functions that `is_wanted` says, for what is above them, and one
// below each of these for the rest.  Linear.
Rows PruneTo(const FunctionSizes& functions, std::vector<bool> is_wanted,
             StringTable* strings);

// A row for each function.
Rows KeepAll(const FunctionSizes& functions);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_PRUNE_H_

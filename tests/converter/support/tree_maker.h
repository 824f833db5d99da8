// Makes trees of functions, prunes them, and says what is left and what it
// costs.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_TREE_MAKER_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_TREE_MAKER_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "converter/base/string_table.h"
#include "converter/heap/cost.h"
#include "converter/profile/prune.h"

namespace heapgrind {

inline constexpr uint64_t kNoLimit = UINT64_MAX;

// A function, or a row, with what it costs.
struct CostedRow {
  uint32_t parent = 0;
  StringId type = kNoString;  // Of a row: only if it gathers.
  Cost self;
  Cost inclusive;
  uint64_t num_pruned = 0;
  uint64_t num_pruned_types = 0;
};

// Makes a tree of functions one by one; inclusive costs come at the end.
class TreeMaker {
 public:
  TreeMaker() { functions_.resize(1); }

  // Returns the number of the function that it adds below `parent`.
  uint32_t Add(uint32_t parent, std::string_view type, uint64_t bytes,
               uint64_t objects = 1);

  // The rows that each way to prune leaves, main first.
  std::vector<CostedRow> Pruned(const PruneLimits& limits);
  std::vector<CostedRow> PrunedTo(const std::vector<bool>& is_wanted);
  std::vector<CostedRow> Kept() const;

  const std::vector<CostedRow>& functions() const { return functions_; }
  std::string_view Text(StringId id) const { return strings_.Text(id); }

 private:
  FunctionSizes Sizes() const;
  std::vector<CostedRow> Costed(const Rows& rows) const;

  StringTable strings_;
  std::vector<CostedRow> functions_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_TREE_MAKER_H_

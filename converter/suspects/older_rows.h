// The rows of an older heap, to compare with: each by its name, which has its
// path.
//
// A dictionary keeps its keys as names while it is small: CACHE['a'] in the
// older heap may be CACHE[*] in the newer.  A row that the older heap has not
// is therefore compared with the rows there that differ in keys alone.

#ifndef HEAPGRIND_CONVERTER_SUSPECTS_OLDER_ROWS_H_
#define HEAPGRIND_CONVERTER_SUSPECTS_OLDER_ROWS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "converter/base/string_table.h"
#include "converter/profile/profile_tree.h"
#include "converter/suspects/row_weights.h"

namespace heapgrind {

class OlderRows {
 public:
  // Of a profile that is not pruned.  `names`: by function, as OwnerNames has
  // them; `strings`: of its labels.  Keeps 40 bytes for each name.
  OlderRows(const ProfileTree& tree, const std::vector<std::string>& names,
            const StringTable& strings);

  // What the rows of `tree`, whose names are `names`, have more than those of
  // the older heap.
  RowWeights WeighGrowth(const ProfileTree& tree,
                         const std::vector<std::string>& names,
                         const StringTable& strings) const;

  uint64_t heap_bytes() const { return heap_bytes_; }

 private:
  struct Sum {
    uint64_t bytes = 0;
    uint64_t objects = 0;
    uint64_t all_objects = 0;

    Sum& operator+=(const Sum& other);
    // What it has more than `older`, of which that much is taken.
    Sum TakeFrom(Sum* older) const;
  };
  using SumOfName = absl::flat_hash_map<uint64_t, Sum>;  // By hash.

  static Sum SumOf(const ProfileNode& row, const StringTable& strings);

  uint64_t heap_bytes_ = 0;
  SumOfName sum_of_name_;
  SumOfName sum_of_masked_name_;
};

// A name with `[*]` for each key: "Session::[*] (app.CACHE[*])".
std::string WithoutKeys(const std::string& name);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_SUSPECTS_OLDER_ROWS_H_

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
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "converter/base/string_table.h"
#include "converter/profile/profile_tree.h"
#include "converter/suspects/row_weights.h"

namespace heapgrind {

class OlderRows {
 public:
  // What all functions hold; keeps 40 bytes for each.
  explicit OlderRows(const RowWeights& held);

  // Gives a function its name, as OwnerNames has it.  To be called for each.
  void SetName(uint32_t function, std::string_view name);

  // What the rows of `tree`, whose names are `names`, have more than those of
  // the older heap.
  RowWeights WeighGrowth(const ProfileTree& tree,
                         const std::vector<std::string>& names,
                         const StringTable& strings) const;

 private:
  struct Sum {
    uint64_t bytes = 0;
    uint64_t objects = 0;
    uint64_t all_objects = 0;

    Sum& operator+=(const Sum& other);
    // What it has more than `older`, of which that much is taken.
    Sum TakeFrom(Sum* older) const;
  };
  struct OlderRow {
    uint64_t name = 0;    // A hash.
    uint64_t masked = 0;  // Of the name without keys; 0: it has none.
    Sum sum;
  };
  // What the older rows of one name have together, as far as it is not taken.
  struct Rest {
    bool is_there = false;
    Sum sum;
  };
  using RestOfName = absl::flat_hash_map<uint64_t, Rest>;  // By hash.

  // Adds up the rows of the names that are asked for.
  void FindRests(RestOfName* of_name, RestOfName* of_masked_name) const;

  uint64_t heap_bytes_ = 0;
  std::vector<OlderRow> rows_;
};

// A name with `[*]` for each key: "Session::[*] (app.CACHE[*])".
std::string WithoutKeys(std::string_view name);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_SUSPECTS_OLDER_ROWS_H_

// The rows that are to be named when somebody asks who holds the memory.
//
// Eclipse MAT follows the dominators of single objects down to where they
// branch, the accumulation point (FindLeaksQuery).  Our rows have merged what
// branches, so the point is the last row on the way down that is one object:
//
//     module::shop                 1 object
//       module::sessions           1
//         dict::CACHE              1        <- holds
//           Session::[*]           120 000  what it holds (held_objects.h)
//
// A row is large if it has a share of all bytes (below).  The bytes of a large
// row that no large row below it has are the claim of its holder.  Nothing is
// named in the inside of objects of libraries: a DataFrame holds, not its
// BlockManager; and what a library's module holds is named only where nothing
// of the program is on the way.

#ifndef HEAPGRIND_CONVERTER_SUSPECTS_HOLDERS_H_
#define HEAPGRIND_CONVERTER_SUSPECTS_HOLDERS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "converter/profile/shown_rows.h"
#include "converter/suspects/library_rows.h"
#include "converter/suspects/row_weights.h"

namespace heapgrind {

struct Holder {
  uint32_t row = 0;    // One object; or many, if several share them.
  uint64_t claim = 0;  // Bytes of the rows that lead to it and to no other.
};

struct Holders {
  // Those that claim enough.  Those that hold data come first, then what is a
  // definition or the interpreter's; of these the largest claim first.
  std::vector<Holder> large;
  std::vector<uint32_t> of_row;  // By row: its holder's row.
};

// The holders of rows of these weights; a claim is enough if it has at least
// `least_bytes`, which is not 0.  `is_of_library` is that of FindLibraryRows,
// `strings` the table of the labels.  Linear in the rows.
Holders FindHolders(const ShownRows& rows, const StringTable& strings,
                    const RowWeights& weights,
                    const std::vector<bool>& is_of_library,
                    uint64_t least_bytes);

// Whether the text of sharers (sharers.h) is a list of names: "app, data", and
// neither "many" nor a name that several have.
bool NamesSeveral(std::string_view sharers);

// Whether a holder is data: neither definition nor the interpreter's.
bool HoldsData(const ProfileNode& row);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_SUSPECTS_HOLDERS_H_

// Many objects of one type that are nobody's alone: each owner holds few, and
// together they are large.
//
//     module::a       module::b       module::c
//       Form::form      Form::form      Form::form     no row is large
//         Row::rows[*]    Row::rows[*]    Row::rows[*]  9000 Row, 3 owners, as
//                                                       *.form.rows[*]
//
// Eclipse MAT's group suspects (LeakHunterQuery): what no single suspect has,
// by class.  Theirs merge the shortest paths to the objects; ours are rows,
// whose paths differ in the definition that they begin with.

#ifndef HEAPGRIND_CONVERTER_SUSPECTS_SUSPECT_GROUPS_H_
#define HEAPGRIND_CONVERTER_SUSPECTS_SUSPECT_GROUPS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/heap/heap_graph.h"
#include "converter/profile/shown_rows.h"
#include "converter/suspects/holders.h"
#include "converter/suspects/row_weights.h"

namespace heapgrind {

struct SuspectGroup {
  std::vector<uint32_t> rows;  // Of one type, the largest first.
  uint64_t count = 0;
  uint64_t bytes = 0;
  std::vector<uint32_t> owners;  // Rows of the holders, in order.
  // What most of the bytes are called, without where the path begins and
  // without keys: "*.form.rows[*]"; "": they have nothing in common.
  std::string pattern;
};

// The groups with at least `least_bytes` that several owners have, of instances
// of the program's classes and of what it keeps of other classes; the largest
// first, of those inside of each other the inner one with nearly all of the
// bytes.  What belongs to one of `holders.large` is in none.  Linear in the
// rows and their names.
std::vector<SuspectGroup> FindGroups(const HeapGraph& graph,
                                     const ShownRows& rows,
                                     const RowWeights& weights,
                                     const std::vector<bool>& is_of_library,
                                     const Holders& holders,
                                     uint64_t least_bytes);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_SUSPECTS_SUSPECT_GROUPS_H_

// What a holder holds most of: so many objects of one type.
//
//     dict::CACHE                 holder
//       str::keys()      120 000  names of others, passed over
//       Session::[*]     120 000  <- 120 000 Session
//
// Below the holder the way goes on as long as one row has most of the bytes, up
// to the first rows of many objects, or of one type.  If these only hold others
// (tuples, cells, methods), or are not new where something grew, the way goes
// on to the instances of a class, or to what is new, that has nearly all of the
// bytes.

#ifndef HEAPGRIND_CONVERTER_SUSPECTS_HELD_OBJECTS_H_
#define HEAPGRIND_CONVERTER_SUSPECTS_HELD_OBJECTS_H_

#include <cstdint>

#include "converter/heap/heap_graph.h"
#include "converter/profile/shown_rows.h"
#include "converter/suspects/row_weights.h"

namespace heapgrind {

struct HeldObjects {
  // A row that has them; the holder's own if it is what is large itself, and 0
  // if they are of no one type.
  uint32_t row = 0;
  uint64_t count = 0;
};

// `children`: those of the rows (ChildrenOf).  Linear in the children of the
// rows on the way.
HeldObjects FindHeldObjects(const HeapGraph& graph, const ShownRows& rows,
                            const std::vector<std::vector<uint32_t>>& children,
                            const RowWeights& weights, uint32_t holder);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_SUSPECTS_HELD_OBJECTS_H_

// Who is to be named when memory is large, grows, or does not go: rows, and
// what they hold.
//
// From one dump nobody can tell a leak from a large cache: what holds much is
// named.  From two it is what grew, from three or more what came after the
// first and is in all others.

#ifndef HEAPGRIND_CONVERTER_SUSPECTS_SUSPECTS_H_
#define HEAPGRIND_CONVERTER_SUSPECTS_SUSPECTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/heap/heap_graph.h"
#include "converter/profile/shown_rows.h"
#include "converter/suspects/row_weights.h"

namespace heapgrind {

struct SuspectPart {
  std::string type;
  uint64_t bytes = 0;
};

struct Suspect {
  SuspectKind kind = SuspectKind::kHolds;
  // The owner's row, or that of what its sharers share, and its name.
  uint32_t row = 0;
  std::string name;
  // "shop.sessions.CACHE"; where several share, "CACHE (shared by app, data)"
  // or "by_id, by_user in app".  All texts are clean, and not very long.
  std::string owner;
  bool is_shared = false;  // By several owners, who are `owner` together.
  // Each of several owners has some: "40 different owners (*.form.rows[*])".
  bool is_group = false;
  std::string package;
  // What it holds most of.  Of what is of no one type: "objects".
  std::string type;
  uint64_t count = 0;
  bool is_itself = false;  // They are the owner's own row.
  // The owner's, with all that it owns; or what its sharers share.
  uint64_t bytes = 0;
  uint64_t heap_bytes = 0;         // What a percentage is of.
  std::vector<SuspectPart> parts;  // The three types with most of `bytes`.
};

// The suspects among rows of these weights, the first to be named first; at
// most five: single owners, then groups (suspect_groups.h) of what these have
// not.  With kHolds these are rows that hold a tenth of the heap, or the
// one that holds most and at least a hundredth of it; with kGrew rows that
// have more than 2 % of the older heap; with kStayed those with a tenth of what
// stayed.  Definitions, and what the interpreter has, are named only where no
// data is.  Linear in the rows and the definitions.
std::vector<Suspect> FindSuspects(const HeapGraph& graph, const ShownRows& rows,
                                  const RowWeights& weights);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_SUSPECTS_SUSPECTS_H_

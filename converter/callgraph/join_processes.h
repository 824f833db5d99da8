// The call graphs of several processes as one: side by side, under one root.
//
//     main                                     main
//       dict::CACHE (app.CACHE)       ->         process::4711
//     main                                         dict::CACHE (app.CACHE) in
//     4711
//       dict::CACHE (app.CACHE)                  process::4712
//                                                  dict::CACHE (app.CACHE) in
//                                                  4712
//
// Objects of different processes never mix, even at equal addresses.  Pages
// that forked processes share count in each of them, as they do in the
// processes' resident memory.

#ifndef HEAPGRIND_CONVERTER_CALLGRAPH_JOIN_PROCESSES_H_
#define HEAPGRIND_CONVERTER_CALLGRAPH_JOIN_PROCESSES_H_

#include <vector>

#include "absl/status/statusor.h"
#include "converter/callgraph/profile_file.h"

namespace heapgrind {

// The dumps in one, in the order of their pids.  A process goes by its pid, or
// if the dump does not say it by the dump's file name; of equal ones the second
// is "4711 #2".  Linear in the functions.
//
// Error: InvalidArgument if they have 2^53 bytes or more altogether, which no
// profile can say.
absl::StatusOr<HeapProfile> JoinProcesses(std::vector<HeapProfile> dumps);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CALLGRAPH_JOIN_PROCESSES_H_

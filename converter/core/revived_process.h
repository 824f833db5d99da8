// A process of ours that has the memory of one that is no more, and does
// nothing but what it is told.
//
//     heapgrind ---fork---> child: waits, traced
//                           one page of code for system calls, far from the
//                           rest all else of ours is unmapped the pieces of the
//                           core, at their addresses confined: nothing left to
//                           it but memory and two pipes
//
// The core may be anybody's, and contains code: the confinement is what makes
// running it safe.

#ifndef HEAPGRIND_CONVERTER_CORE_REVIVED_PROCESS_H_
#define HEAPGRIND_CONVERTER_CORE_REVIVED_PROCESS_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "converter/core/core_bytes.h"
#include "converter/core/core_layout.h"
#include "converter/outside/traced_copy.h"

namespace heapgrind {

class RevivedProcess : public TracedCopy {
 public:
  // All errors are Unavailable: the system refuses, or the child has ended.

  // Makes the child, empty but for a page below `base`, which ChooseBase has
  // chosen.
  absl::Status Start(uint64_t base);

  // Maps the pieces.  What does not begin at a page in the core (gcore's) is
  // copied, but for zeros.
  absl::Status Fill(const CoreBytes& bytes,
                    const std::vector<CorePiece>& pieces);

  // Takes all rights from the child, but to write to its descriptors, to map
  // memory and to end.  For root it becomes nobody.
  absl::Status Confine();

  // Makes it the thread whose local data lie there.
  void SetThreadPointer(uint64_t fs_base) { registers_.fs_base = fs_base; }

 private:
  absl::Status Empty(uint64_t kept);
  absl::Status MapFile(const CorePiece& piece, int file);
  absl::Status CopyPiece(const CoreBytes& bytes, const CorePiece& piece,
                         int memory);
  absl::StatusOr<int64_t> Succeed(uint64_t number, CallArguments arguments,
                                  const char* what);

  uint64_t scratch_ = 0;  // Where a page can be written for system calls.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CORE_REVIVED_PROCESS_H_

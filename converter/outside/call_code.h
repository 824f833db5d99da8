// Two pieces of a process's own code, which injected calls need.
//
// A call that is injected must come back by itself if this program is killed in
// between.  So it is no lone `syscall` but one with a `ret`, which leads to the
// code that ends a signal's handler (__restore_rt of the C library): that takes
// all registers from a frame on the stack.

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_CALL_CODE_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_CALL_CODE_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "converter/outside/memory_map.h"
#include "converter/outside/remote_memory.h"

namespace heapgrind {

struct CallCode {
  uint64_t call = 0;     // syscall; ret
  uint64_t restore = 0;  // mov $15, %eax or %rax; syscall: rt_sigreturn
};

// Searches what the process has mapped of files as code, the C library's first.
// Unavailable: it has none.
absl::StatusOr<CallCode> FindCallCode(const MemoryMap& map,
                                      const RemoteMemory& memory);

// Whether it still is where it was: the process may have become another program
// since, or have let a library go.
bool HasCallCode(const RemoteMemory& memory, const CallCode& code);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_CALL_CODE_H_

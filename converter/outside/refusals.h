// Why a process cannot be dumped, told before anything of it is touched.

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_REFUSALS_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_REFUSALS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "converter/outside/memory_map.h"
#include "converter/outside/process_files.h"
#include "converter/outside/process_status.h"

namespace heapgrind {

// Unavailable, with what would help: it has ended, is of the kernel, this very
// program, traced by another one, not ours to look into, or not for this
// machine.
absl::Status CheckProcess(const ProcessFiles& process,
                          const ProcessStatus& status);

// Whether any thread is under seccomp(2).
bool HasSeccomp(const ProcessFiles& process);

// Unavailable: the process is under seccomp, and this program may not suspend
// that.
absl::Status SeccompRefusal();

// Unavailable: there is too little memory for a fork, as far as one can tell:
// under vm.overcommit_memory=2, or within the limit of its cgroup.
absl::Status CheckMemory(const ProcessFiles& process,
                         const ProcessStatus& status, const MemoryMap& map);

// What the kernel would have to promise for a fork, of what is left to promise
// (/proc/meminfo).  OK if overcommit_memory is not 2.
absl::Status CheckCommitLimit(absl::string_view overcommit_memory,
                              absl::string_view meminfo, const MemoryMap& map);

// Bytes that a cgroup with such a limit and use has left; `stat` is its
// memory.stat, of which files count as free.  UINT64_MAX: it has no limit.
uint64_t RoomInCgroup(absl::string_view limit, absl::string_view usage,
                      absl::string_view stat);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_REFUSALS_H_

// What /proc/PID/status says of a process or thread; see proc(5).

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_PROCESS_STATUS_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_PROCESS_STATUS_H_

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace heapgrind {

struct ProcessStatus {
  char state = 'X';         // R, S, D, T, t, Z, ...; X if there is no process.
  pid_t process = 0;        // Tgid.
  pid_t tracer = 0;         // 0: none.
  uid_t user = 0;           // The effective one.
  int seccomp = 0;          // 0: none, 1: strict, 2: a filter.
  pid_t innermost_pid = 0;  // As it sees itself, in its own namespace.
  bool has_memory = false;  // Threads of the kernel have none.
  bool has_shadow_stack = false;
  uint64_t rss = 0;              // Bytes.
  uint64_t swap = 0;             // Bytes.
  uint64_t page_tables = 0;      // Bytes.
  uint64_t waiting_signals = 0;  // Those whose handlers will run.
};

ProcessStatus ParseStatus(absl::string_view text);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_PROCESS_STATUS_H_

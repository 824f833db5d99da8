// Writes a profile in the format of pprof, which `go tool pprof`, Pyroscope,
// Parca, Grafana and speedscope read.
//
// A sample is a row: its stack are its owners, its values its own bytes and
// objects, its labels its package and its type.  A function is a row, too, and
// has a line where the row has one.  The format: github.com/google/pprof,
// proto/profile.proto.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_EXPORT_PPROF_WRITER_H_
#define HEAPGRIND_CONVERTER_COMMANDS_EXPORT_PPROF_WRITER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "converter/commands/export/stack_rows.h"

namespace heapgrind {

struct PprofHeader {
  uint64_t time = 0;  // When the heap was dumped: seconds since 1970.
  std::vector<std::string> comments;
};

// Hands the profile, not compressed, to `write`, piece by piece.  Bytes and
// objects must be below 2^63.
void WritePprof(const std::vector<StackRow>& rows, const PprofHeader& header,
                absl::FunctionRef<void(absl::string_view)> write);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_EXPORT_PPROF_WRITER_H_

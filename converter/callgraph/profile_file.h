// A profile, and the file that it becomes.

#ifndef HEAPGRIND_CONVERTER_CALLGRAPH_PROFILE_FILE_H_
#define HEAPGRIND_CONVERTER_CALLGRAPH_PROFILE_FILE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "converter/callgraph/call_graph.h"
#include "converter/callgraph/callgrind_writer.h"
#include "converter/dump/dump_header.h"
#include "converter/dump/process_memory.h"
#include "converter/files/output_file.h"

namespace heapgrind {

struct HeapProfile {
  std::string name;  // What messages call the dump.
  DumpHeader header;
  CallGraph call_graph;
  ProcessFigures process = {};
};

// What the file says besides the call graph.
struct ProfileStyle {
  ExtraEvents extra_events = {};
  bool is_difference = false;
  uint64_t part = 1;  // As in CallgrindHeader.
};

// Writes `profile` to a file that appears at `path` once the caller commits it.
// It is made of `inputs`; errors are those of OutputFile.
absl::StatusOr<std::unique_ptr<OutputFile>> WriteProfile(
    const HeapProfile& profile, const ProfileStyle& style,
    const std::string& path, absl::Span<const std::string> inputs);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CALLGRAPH_PROFILE_FILE_H_

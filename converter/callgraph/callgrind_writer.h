// Writes a call graph in the callgrind format.
//
// The format is described in Valgrind's manual ("Callgrind Format
// Specification", version 3.19).  Within it this writer keeps to what every
// reader (KCachegrind, callgrind_annotate, gprof2dot, speedscope) understands
// the same way: names compressed as (id) name with dense ids, ob, fl and fn for
// every function, cob, cfi and cfn for every call, all columns on every cost
// line, and summary and totals.

#ifndef HEAPGRIND_CONVERTER_CALLGRAPH_CALLGRIND_WRITER_H_
#define HEAPGRIND_CONVERTER_CALLGRAPH_CALLGRIND_WRITER_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "converter/callgraph/call_graph.h"

namespace heapgrind {

// Events besides Bytes and Objects.
struct ExtraEvents {
  bool gc_bytes = false;
  bool slack = false;
  bool virtual_bytes = false;
  bool native_bytes = false;

  bool any() const {
    return gc_bytes || slack || virtual_bytes || native_bytes;
  }
};

struct CallgrindHeader {
  uint64_t pid = 1;         // Above 0.
  std::string command;      // The viewer's window title.
  std::string description;  // What the profile is of, and when.
  ExtraEvents extra_events = {};
  // Writes the events After, Before, Grown and Shrunk instead of all others.
  bool is_difference = false;
  uint64_t part = 1;  // Its number among the profiles that belong together.
};

// Hands the file to `write`, piece by piece.  Names must be clean
// (clean_name.h), unique, and costs below 2^53.
void WriteCallgrind(const CallGraph& graph, const CallgrindHeader& header,
                    absl::FunctionRef<void(absl::string_view)> write);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CALLGRAPH_CALLGRIND_WRITER_H_

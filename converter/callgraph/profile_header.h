// What a profile's header says of the process, from the header of its dump.

#ifndef HEAPGRIND_CONVERTER_CALLGRAPH_PROFILE_HEADER_H_
#define HEAPGRIND_CONVERTER_CALLGRAPH_PROFILE_HEADER_H_

#include "absl/strings/string_view.h"
#include "converter/callgraph/callgrind_writer.h"
#include "converter/dump/dump_header.h"

namespace heapgrind {

// For a Meliae dump, which does not know its process, the command is the name
// of the dump, and the pid is 1.
CallgrindHeader MakeProfileHeader(const DumpHeader& header,
                                  absl::string_view dump_name);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CALLGRAPH_PROFILE_HEADER_H_

// Reads the text of a dump into a heap graph, through the real reader.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_HEAP_OF_TEXT_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_HEAP_OF_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "converter/files/byte_source.h"
#include "converter/heap/heap_graph.h"
#include "converter/load/heap_graph_builder.h"

namespace heapgrind {

struct HeapAndLosses {
  HeapGraph graph;
  GraphLosses losses;
};

// Reads a dump from its first line to its last.  Messages call it `name`.
absl::StatusOr<HeapAndLosses> ReadHeap(absl::string_view name,
                                       ByteSource* source);

// Reads the dump in the file at `path`.  Ends the test if it cannot be read.
HeapGraph HeapOfFile(absl::string_view path);

// The heap of the lines of a heapgrind dump, without its header, or of a Meliae
// dump.  End the test if the text is no dump.
HeapGraph HeapOf(const std::string& lines);
HeapGraph MeliaeHeapOf(const std::string& lines);

// The node of an address, or kNoNode.
NodeId NodeAt(const HeapGraph& graph, uint64_t address);

// Sum of all sizes, in bytes.
uint64_t TotalSize(const HeapGraph& graph);

// One line for each element, with line feeds.
std::string JoinLines(const std::vector<std::string>& lines);

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_HEAP_OF_TEXT_H_

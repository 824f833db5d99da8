// Makes large heaps of simple shapes, and converts them on a small stack.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_SHAPED_HEAP_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_SHAPED_HEAP_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "converter/callgraph/call_graph.h"
#include "converter/dump/dump_record.h"
#include "converter/heap/heap_graph.h"

namespace heapgrind {

// Objects of a large heap; fewer where the build is slow.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr uint64_t kMillion = 50000;
#elif !defined(__OPTIMIZE__)
inline constexpr uint64_t kMillion = 300000;
#else
inline constexpr uint64_t kMillion = 1000000;
#endif

// Address of the object that the root holds.
inline constexpr uint64_t kRoot = 1;

// A heap of records that `fill(i, &record)` makes of empty ones of type `type`;
// record i has the address kRoot + i, and the interpreter holds the first.
HeapGraph MakeHeap(uint64_t num_objects, std::string_view type,
                   absl::FunctionRef<void(uint64_t, DumpRecord*)> fill);

// The call graph by path, as a user gets it.  Expects that it has no faults.
CallGraph ConvertByPath(HeapGraph graph);

// Converts by path without pruning, and by type; the number of functions of the
// former.  Expects that neither has faults.
size_t NumFunctionsUnpruned(HeapGraph graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_SHAPED_HEAP_H_

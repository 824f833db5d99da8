// From a heap graph to a call graph: all stages between reading and writing.

#ifndef HEAPGRIND_CONVERTER_CONVERSION_H_
#define HEAPGRIND_CONVERTER_CONVERSION_H_

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "converter/call_graph.h"
#include "converter/heap_graph.h"
#include "converter/ownership.h"
#include "converter/prune.h"
#include "converter/source_files.h"

namespace heapgrind {

enum class Granularity {
  kPath,  // A function is a place in the program's data.
  kType,  // A function is a type.
};

struct ConversionOptions {
  OwnershipRules ownership = OwnershipRules::kModules;
  Granularity granularity = Granularity::kPath;
  PruneLimits limits;
  SourcePrefixes source_prefixes;
};

// The call graph of a heap.  `graph` keeps its content; its string table grows.
// `on_stage` is called with the name of each stage before it begins.
CallGraph ConvertHeap(const ConversionOptions& options,
                      absl::FunctionRef<void(absl::string_view)> on_stage,
                      HeapGraph* graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CONVERSION_H_

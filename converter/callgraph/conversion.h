// From a heap graph to a call graph: all stages between reading and writing.

#ifndef HEAPGRIND_CONVERTER_CALLGRAPH_CONVERSION_H_
#define HEAPGRIND_CONVERTER_CALLGRAPH_CONVERSION_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "converter/callgraph/call_graph.h"
#include "converter/heap/heap_graph.h"
#include "converter/owners/named_share.h"
#include "converter/owners/ownership.h"
#include "converter/profile/profile_difference.h"
#include "converter/profile/prune.h"
#include "converter/python/source_files.h"

namespace heapgrind {

// What a profile can hold: readers of callgrind files keep costs as doubles.
inline constexpr uint64_t kMaxTotalBytes = (uint64_t{1} << 53) - 1;

enum class Granularity {
  kPath,    // A function is a place in the program's data.
  kType,    // A function is a type.
  kObject,  // As kPath, and the largest single objects apart.
  kSite,    // A function is one of the program, which allocated objects.
};

struct ConversionOptions {
  OwnershipRules ownership = OwnershipRules::kModules;
  Granularity granularity = Granularity::kPath;
  PruneLimits limits;
  SourcePrefixes source_prefixes;
  // If not empty: show what the objects whose function's name contains this
  // text retain together, and nothing else.
  std::string focus;
  uint64_t num_single_objects = 100;  // For kObject.
  bool ascii_names = false;
  size_t num_threads = 1;  // Without effect on the result.
};

struct ConversionReport {
  // Objects first reached over each kind of reference, and not at all.
  uint64_t reached_by_owning = 0;
  uint64_t reached_by_local = 0;
  uint64_t reached_by_borrowed = 0;
  uint64_t unreachable_objects = 0;
  NamedShare named_share;  // Of the whole heap, whatever the focus is.
};

// InvalidArgument: the objects have more than kMaxTotalBytes altogether.
absl::Status CheckTotal(const HeapGraph& graph);

// The call graph of a heap.  `graph` keeps its content; its string table grows.
// `on_stage` is called with the name of each stage before it begins.
// OutOfRange: no function's name contains options.focus.  InvalidArgument: the
// objects have more than kMaxTotalBytes altogether.
absl::StatusOr<CallGraph> ConvertHeap(
    const ConversionOptions& options,
    absl::FunctionRef<void(absl::string_view)> on_stage, HeapGraph* graph,
    ConversionReport* report);

// Adds the profile of a heap to that of others, none at first: takes the texts
// of `graph`.  Of the options, those that say what owns what count.
// InvalidArgument: as above.
absl::Status AddToProfile(const ConversionOptions& options,
                          absl::FunctionRef<void(absl::string_view)> on_stage,
                          HeapGraph* graph, ConversionReport* report,
                          BaseProfile* sum);

using JoinFunction = ProfileTree(const BaseProfile& others,
                                 const ProfileTree& heap, StringTable* strings);

// The call graph of a heap and others, by path: of how it differs from them
// with JoinProfiles, of their sum with SumProfiles.  InvalidArgument: as above.
absl::StatusOr<CallGraph> ConvertWith(
    const ConversionOptions& options, const BaseProfile& others,
    JoinFunction* join, absl::FunctionRef<void(absl::string_view)> on_stage,
    HeapGraph* graph, ConversionReport* report);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CALLGRAPH_CONVERSION_H_

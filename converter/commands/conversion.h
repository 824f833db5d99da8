// From the heap of a dump to the call graph that a viewer shows.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_CONVERSION_H_
#define HEAPGRIND_CONVERTER_COMMANDS_CONVERSION_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "converter/callgraph/call_graph.h"
#include "converter/commands/analyzed_heap.h"
#include "converter/profile/joined_profiles.h"
#include "converter/profile/prune.h"

namespace heapgrind {

enum class Granularity {
  kPath,    // A function is a place in the program's data.
  kType,    // A function is a type.
  kObject,  // As kPath, and the largest single objects apart.
  kSite,    // A function is one of the program, which allocated objects.
};

struct ConversionOptions {
  Granularity granularity = Granularity::kPath;
  PruneLimits limits;
  // If not empty: show what the objects whose function's name contains this
  // text retain together, and nothing else.
  std::string focus;
  uint64_t num_single_objects = 100;  // For kObject.
  bool ascii_names = false;
};

// InvalidArgument: the objects have more than kMaxTotalBytes altogether.  What
// follows takes only heaps that have not.
absl::Status CheckTotal(const AnalyzedHeap& heap);

// The call graph of a heap.  OutOfRange: no function's name contains
// options.focus.  Else errors are those of MakeSiteCallGraph.
absl::StatusOr<CallGraph> ConvertHeap(const ConversionOptions& options,
                                      AnalyzedHeap* heap);

// Adds the profile of a heap to that of others, none at first.
void AddToProfile(std::unique_ptr<AnalyzedHeap> heap, BaseProfile* sum);

using JoinFunction = ProfileTree(const BaseProfile& others,
                                 const ProfileTree& heap, StringTable* strings);

// The call graph of a heap and others, by path and within options.limits: of
// how it differs from them with JoinProfiles, of their sum with SumProfiles.
// Takes the heap's graph and profile.
CallGraph ConvertWith(const ConversionOptions& options,
                      const BaseProfile& others, JoinFunction* join,
                      AnalyzedHeap* heap);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_CONVERSION_H_

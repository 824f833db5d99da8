#include "converter/commands/convert/convert_dump.h"

#include <cstdint>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "converter/callgraph/process_rows.h"
#include "converter/cli/messages.h"
#include "converter/commands/analyzed_heap.h"
#include "converter/commands/conversion.h"
#include "converter/owners/named_share.h"

namespace heapgrind {
namespace {

bool KeepsOverhead(const Options& options) {
  return options.extra_events.gc_bytes || options.extra_events.slack ||
         options.shows_process;
}

// How the objects were reached, and how many bytes have a named owner.
void SayWhoOwns(absl::string_view program, AnalyzedHeap* heap) {
  const OwnerAnalysis& owners = heap->owners();
  const OwnershipGraph& graph = owners.ownership;
  Say(program,
      absl::StrCat(heap->name(), ": objects reached over owning references ",
                   graph.reached_by_owning, ", over local variables ",
                   graph.reached_by_local, ", over borrowed references ",
                   graph.reached_by_borrowed, ", not at all ",
                   graph.unreachable_objects));
  const auto [named_bytes, all_bytes] =
      ComputeNamedShare(heap->graph(), graph, owners.tree);
  const double percent = all_bytes == 0 ? 0 : 100.0 * named_bytes / all_bytes;
  Say(program,
      absl::StrFormat("%s: %d of %d bytes, %.1f %%, have a named owner",
                      heap->name(), named_bytes, all_bytes, percent));
}

// Adds the rows of --process, and says what they cannot.
void AddProcess(absl::string_view program, HeapProfile* dump) {
  uint64_t slack = 0;
  for (const Function& function : dump->call_graph.functions) {
    slack += function.self.slack;
  }
  const uint64_t excess =
      AddProcessRows(dump->header, slack, &dump->call_graph);
  if (dump->header.rss == 0) {
    Say(program, absl::StrCat(dump->name,
                              ": the dump does not say how large "
                              "the process is"));
  } else if (excess > 0) {
    Say(program,
        absl::StrCat(dump->name, ": the objects exceed the resident memory by ",
                     excess, " bytes: pages never touched, or swapped out"));
  }
}

// Reads a dump that a profile can hold, and says of it what is to be said.
absl::StatusOr<std::unique_ptr<AnalyzedHeap>> Load(absl::string_view program,
                                                   const Options& options,
                                                   const std::string& path,
                                                   Progress* progress) {
  absl::StatusOr<std::unique_ptr<AnalyzedHeap>> heap = AnalyzedHeap::Load(
      program, path, options.heap, KeepsOverhead(options), progress);
  if (!heap.ok()) return heap;
  const absl::Status status = CheckTotal(**heap);
  if (!status.ok()) return status;
  if (options.verbose) SayWhoOwns(program, heap->get());
  return heap;
}

}  // namespace

absl::StatusOr<HeapProfile> ConvertDump(absl::string_view program,
                                        const Options& options,
                                        const std::string& path,
                                        Progress* progress) {
  const absl::StatusOr<std::unique_ptr<AnalyzedHeap>> heap =
      Load(program, options, path, progress);
  if (!heap.ok()) return heap.status();
  absl::StatusOr<CallGraph> call_graph =
      ConvertHeap(options.conversion, heap->get());
  if (!call_graph.ok()) return call_graph.status();
  HeapProfile result = {(*heap)->name(), (*heap)->header(),
                        *std::move(call_graph)};
  if (options.shows_process) AddProcess(program, &result);
  return result;
}

absl::StatusOr<HeapProfile> CompareDumps(absl::string_view program,
                                         const Options& options,
                                         Progress* progress) {
  absl::StatusOr<std::unique_ptr<AnalyzedHeap>> base =
      Load(program, options, options.base, progress);
  if (!base.ok()) return base.status();
  BaseProfile before;
  AddToProfile(*std::move(base), &before);
  const absl::StatusOr<std::unique_ptr<AnalyzedHeap>> heap =
      Load(program, options, options.dumps[0], progress);
  if (!heap.ok()) return heap.status();
  return HeapProfile{
      (*heap)->name(), (*heap)->header(),
      ConvertWith(options.conversion, before, JoinProfiles, heap->get())};
}

absl::StatusOr<HeapProfile> SumDumps(absl::string_view program,
                                     const Options& options,
                                     Progress* progress) {
  BaseProfile others;
  DumpHeader memory_of_others;
  for (size_t i = 0; i + 1 < options.dumps.size(); ++i) {
    absl::StatusOr<std::unique_ptr<AnalyzedHeap>> other =
        Load(program, options, options.dumps[i], progress);
    if (!other.ok()) return other.status();
    AddMemory((*other)->header(), &memory_of_others);
    AddToProfile(*std::move(other), &others);
  }
  const absl::StatusOr<std::unique_ptr<AnalyzedHeap>> last =
      Load(program, options, options.dumps.back(), progress);
  if (!last.ok()) return last.status();
  HeapProfile sum = {
      absl::StrCat(options.dumps.size(), " processes"), (*last)->header(),
      ConvertWith(options.conversion, others, SumProfiles, last->get())};
  AddMemory(memory_of_others, &sum.header);
  if (options.shows_process) AddProcess(program, &sum);
  return sum;
}

}  // namespace heapgrind

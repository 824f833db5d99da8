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
  return options.extra_events.any() || options.shows_process;
}

// How much of what the allocators have handed out is in objects.
void SayWhatIsExplained(absl::string_view program, const AnalyzedHeap& heap) {
  const ProcessFigures figures = FiguresOf(heap.facts());
  if (figures.handed_out == 0) {
    Say(program, absl::StrCat(heap.name(),
                              ": the dump does not say how much "
                              "the objects explain"));
    return;
  }
  Say(program,
      absl::StrFormat("%s: %d of %d bytes, %.1f %%, of what the allocators "
                      "handed out are explained by objects",
                      heap.name(), figures.explained, figures.handed_out,
                      100.0 * figures.explained / figures.handed_out));
}

void SayShare(absl::string_view program, absl::string_view name, uint64_t bytes,
              uint64_t all_bytes, absl::string_view what) {
  const double percent = all_bytes == 0 ? 0 : 100.0 * bytes / all_bytes;
  Say(program, absl::StrFormat("%s: %d of %d bytes, %.1f %%, %s", name, bytes,
                               all_bytes, percent, what));
}

// How the objects were reached, how much they explain, how many bytes are
// garbage, and how many have a named owner.
void SayWhoOwns(absl::string_view program, AnalyzedHeap* heap) {
  const OwnerAnalysis& owners = heap->owners();
  const OwnershipGraph& graph = owners.ownership;
  Say(program,
      absl::StrCat(heap->name(), ": objects reached over owning references ",
                   graph.reached_by_owning, ", over local variables ",
                   graph.reached_by_local, ", over borrowed references ",
                   graph.reached_by_borrowed, ", not at all ",
                   graph.unreachable_objects));
  SayWhatIsExplained(program, *heap);
  const NamedShare share = ComputeNamedShare(heap->graph(), graph, owners.tree);
  if (share.garbage_bytes > 0) {
    SayShare(program, heap->name(), share.garbage_bytes, share.all_bytes,
             "are nobody's, and wait for collection");
  }
  SayShare(program, heap->name(), share.named_bytes, share.all_bytes,
           "have a named owner");
}

// Adds the rows of --process, and says what they cannot.
void AddProcess(absl::string_view program, HeapProfile* dump) {
  uint64_t slack = 0;
  for (const Function& function : dump->call_graph.functions) {
    slack += function.self.slack;
  }
  const uint64_t excess =
      AddProcessRows(dump->process, slack, &dump->call_graph);
  if (dump->process.total == 0) {
    Say(program, absl::StrCat(dump->name,
                              ": the dump does not say how large "
                              "the process is"));
  } else if (excess > 0) {
    Say(program,
        absl::StrCat(dump->name,
                     ": the objects exceed the memory of the process by ",
                     excess, " bytes: pages never touched"));
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
  if (!options.base.empty()) (*heap)->CountVirtualSizes();
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
                        *std::move(call_graph), FiguresOf((*heap)->facts())};
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
  ProcessFigures process;
  uint64_t resident = 0;
  for (size_t i = 0; i + 1 < options.dumps.size(); ++i) {
    absl::StatusOr<std::unique_ptr<AnalyzedHeap>> other =
        Load(program, options, options.dumps[i], progress);
    if (!other.ok()) return other.status();
    process += FiguresOf((*other)->facts());
    resident += (*other)->header().rss;
    AddToProfile(*std::move(other), &others);
  }
  const absl::StatusOr<std::unique_ptr<AnalyzedHeap>> last =
      Load(program, options, options.dumps.back(), progress);
  if (!last.ok()) return last.status();
  HeapProfile sum = {
      absl::StrCat(options.dumps.size(), " processes"), (*last)->header(),
      ConvertWith(options.conversion, others, SumProfiles, last->get())};
  sum.process = process += FiguresOf((*last)->facts());
  sum.header.rss += resident;
  if (options.shows_process) AddProcess(program, &sum);
  return sum;
}

}  // namespace heapgrind

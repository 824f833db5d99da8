// A dump as the commands see it: read at once, and everything that follows from
// it computed when it is first asked for.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_ANALYZED_HEAP_H_
#define HEAPGRIND_CONVERTER_COMMANDS_ANALYZED_HEAP_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "converter/base/progress.h"
#include "converter/commands/heap_options.h"
#include "converter/dump/record_sink.h"
#include "converter/graph/subtree_places.h"
#include "converter/load/load_dump.h"
#include "converter/owners/owner_analysis.h"
#include "converter/profile/function_table.h"
#include "converter/profile/package_names.h"
#include "converter/profile/profile_tree.h"
#include "converter/python/source_files.h"
#include "converter/python/type_names.h"

namespace heapgrind {

class AnalyzedHeap {
 public:
  // Reads the dump at `path`, and says on standard error, as `program`, what of
  // it is lost.  Errors and `collectors` are those of LoadDump; with
  // `keeps_overhead` the graph has the objects' gc_bytes and slack.  `options`
  // and `progress` must live as long as the result.
  static absl::StatusOr<std::unique_ptr<AnalyzedHeap>> Load(
      absl::string_view program, const std::string& path,
      const HeapOptions& options, bool keeps_overhead, Progress* progress,
      absl::Span<RecordSink* const> collectors = {});

  // Of a dump that is read.  `options` and `progress` as above.
  AnalyzedHeap(const HeapOptions& options, Progress* progress, LoadedDump dump);

  AnalyzedHeap(const AnalyzedHeap&) = delete;
  AnalyzedHeap& operator=(const AnalyzedHeap&) = delete;

  const std::string& name() const { return dump_.name; }
  const DumpFacts& facts() const { return dump_.facts; }
  const DumpHeader& header() const { return dump_.facts.header; }
  const HeapGraph& graph() const { return dump_.graph; }
  Progress* progress() const { return progress_; }
  SourceFiles* sources() { return &sources_; }  // Each file is read once.

  // Each computed by the first call, with what it needs.
  const OwnerAnalysis& owners();
  OwnedHeap owned_heap();                         // For profiles.
  const std::vector<uint64_t>& retained_bytes();  // By node.
  const SubtreeOrder& subtrees();
  const FunctionTable& functions();
  const ProfileTree& profile();             // Of all functions.
  const std::vector<std::string>& paths();  // By function: path_names.h.
  std::vector<std::string> owner_names();   // By function: owner_names.h.
  const Packages& packages();
  const TypeNames& type_names();

  // Calls `take` with each function and its owner_names(), in no order, without
  // having them all in memory.
  void ForEachOwnerName(
      absl::FunctionRef<void(uint32_t function, const std::string& name)> take);

  // From now on an object counts what was asked for, not what is resident.  To
  // be called before what depends on sizes is asked for.
  void CountVirtualSizes() { dump_.graph.CountVirtualSizes(); }

  // From now on keys of dictionaries that are no identifiers are nobody's names
  // (hidden_keys.h).  To be called before names are asked for.
  void HideKeys();

  // From now on the owners are those of the objects whose function's name
  // contains `text`, and of nothing else (focus.h).  To be called before what
  // depends on the owners is asked for.  OutOfRange: there is no such function.
  absl::Status FocusOn(const std::string& text);

  // profile(), and the graph.  What is taken, and what follows from it, must
  // not be asked for again; TakeProfile lets go of functions and owners, too.
  ProfileTree TakeProfile();
  HeapGraph TakeGraph() { return std::move(dump_.graph); }

 private:
  const HeapOptions& options_;
  Progress* const progress_;
  SourceFiles sources_;
  LoadedDump dump_;
  std::optional<OwnerAnalysis> owners_;
  std::optional<std::vector<uint64_t>> retained_bytes_;
  std::optional<SubtreeOrder> subtrees_;
  std::optional<FunctionTable> functions_;
  std::optional<ProfileTree> profile_;
  std::optional<std::vector<std::string>> paths_;
  std::optional<Packages> packages_;
  std::optional<TypeNames> type_names_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_ANALYZED_HEAP_H_

// A dump as the commands see it: read at once, and everything that follows from
// it computed when it is first asked for.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_LOADED_HEAP_H_
#define HEAPGRIND_CONVERTER_COMMANDS_LOADED_HEAP_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "converter/base/progress.h"
#include "converter/commands/common_options.h"
#include "converter/dump/record_sink.h"
#include "converter/load/load_dump.h"
#include "converter/owners/owner_analysis.h"
#include "converter/profile/profile_tree.h"
#include "converter/python/source_files.h"
#include "converter/python/type_names.h"

namespace heapgrind {

class LoadedHeap {
 public:
  // Reads the dump at `path`, and says on standard error, as `program`, what of
  // it is lost.  Errors and `watchers` are those of LoadDump; with
  // `keeps_overhead` the graph has the objects' gc_bytes and slack.  `options`
  // and `progress` must live as long as the result.
  static absl::StatusOr<std::unique_ptr<LoadedHeap>> Load(
      absl::string_view program, const std::string& path,
      const CommonOptions& options, bool keeps_overhead, Progress* progress,
      absl::Span<RecordSink* const> watchers = {});

  LoadedHeap(const LoadedHeap&) = delete;
  LoadedHeap& operator=(const LoadedHeap&) = delete;

  const std::string& name() const { return dump_.name; }
  const DumpHeader& header() const { return dump_.facts.header; }
  const HeapGraph& graph() const { return dump_.graph; }

  // Each computed by the first call, with what it needs.
  const OwnerAnalysis& owners();
  OwnedHeap owned_heap();                         // For profiles.
  const std::vector<uint64_t>& retained_bytes();  // By node.
  const Profile& profile();                       // Not pruned.
  const std::vector<std::string>& paths();        // By function: path_names.h.
  std::vector<std::string> owner_names();         // By function: owner_names.h.
  const std::vector<std::string>& packages();  // By function: package_names.h.
  const TypeNames& type_names();

 private:
  LoadedHeap(const CommonOptions& options, Progress* progress, LoadedDump dump);

  const CommonOptions& options_;
  Progress* const progress_;
  SourceFiles sources_;
  LoadedDump dump_;
  std::optional<OwnerAnalysis> owners_;
  std::optional<std::vector<uint64_t>> retained_bytes_;
  std::optional<Profile> profile_;
  std::optional<std::vector<std::string>> paths_;
  std::optional<std::vector<std::string>> packages_;
  std::optional<TypeNames> type_names_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_LOADED_HEAP_H_

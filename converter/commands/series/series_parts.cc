#include "converter/commands/series/series_parts.h"

#include <unistd.h>

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "converter/callgrind_writer.h"
#include "converter/conversion.h"
#include "converter/output_file.h"
#include "converter/path_call_graph.h"
#include "converter/profile_header.h"
#include "converter/prune.h"
#include "converter/shared_options.h"
#include "converter/source_files.h"

namespace heapgrind {
namespace {

absl::StatusOr<std::unique_ptr<OutputFile>> WritePart(
    const ConvertedDump& part, size_t number, const std::string& path,
    absl::Span<const std::string> inputs) {
  absl::StatusOr<std::unique_ptr<OutputFile>> file =
      OutputFile::Create(path, inputs);
  if (!file.ok()) return file;
  CallgrindHeader header = MakeProfileHeader(part.header, part.name);
  header.part = number;
  WriteCallgrind(part.call_graph, header,
                 [&file](absl::string_view text) { (*file)->Append(text); });
  if (!(*file)->status().ok()) return (*file)->status();
  return file;
}

}  // namespace

absl::StatusOr<ConvertedDump> MakePart(const CommonOptions& options,
                                       ProgressLine* progress,
                                       LoadedHeap* heap) {
  const absl::Status status = CheckTotal(heap->graph());
  if (!status.ok()) {
    return absl::Status(status.code(),
                        absl::StrCat(heap->name(), ": ", status.message()));
  }
  const OwnedHeap owned = heap->owned_heap();
  progress->StartStage("building the profile");
  const ProfileTree tree = BuildPrunedProfile(owned, PruneLimits());
  SourceFiles sources(options.source_prefixes,
                      ThreadsToUse(options.num_threads));
  CallGraph call_graph = MakePathCallGraph(heap->graph(), tree,
                                           /*ascii_names=*/false, &sources);
  progress->Erase();
  return ConvertedDump{heap->name(), heap->header(), std::move(call_graph)};
}

absl::Status WriteParts(absl::Span<const ConvertedDump> parts,
                        absl::Span<const size_t> order,
                        const std::string& prefix,
                        absl::Span<const std::string> inputs) {
  std::vector<std::unique_ptr<OutputFile>> files;
  for (const size_t place : order) {
    const size_t number = files.size() + 1;
    absl::StatusOr<std::unique_ptr<OutputFile>> file = WritePart(
        parts[place], number, absl::StrCat(prefix, ".", number), inputs);
    if (!file.ok()) return file.status();
    files.push_back(*std::move(file));
  }
  for (const std::unique_ptr<OutputFile>& file : files) {
    const absl::Status status = file->Commit();
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

std::string DescribeOlderPart(size_t num_parts, const std::string& prefix) {
  const std::string next = absl::StrCat(prefix, ".", num_parts + 1);
  if (access(next.c_str(), F_OK) != 0) return "";
  return absl::StrCat(next, ": expected no part after the last of ", num_parts,
                      ", got a file that was there before, which kcachegrind "
                      "loads with them");
}

}  // namespace heapgrind

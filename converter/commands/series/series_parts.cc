#include "converter/commands/series/series_parts.h"

#include <unistd.h>

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "converter/commands/conversion.h"

namespace heapgrind {

absl::StatusOr<HeapProfile> MakePart(AnalyzedHeap* heap) {
  const absl::Status status = CheckTotal(*heap);
  if (!status.ok()) return status;
  absl::StatusOr<CallGraph> call_graph = ConvertHeap({}, heap);
  if (!call_graph.ok()) return call_graph.status();
  return HeapProfile{heap->name(), heap->header(), *std::move(call_graph)};
}

absl::Status WriteParts(absl::Span<const HeapProfile> parts,
                        absl::Span<const size_t> order,
                        const std::string& prefix,
                        absl::Span<const std::string> inputs) {
  std::vector<std::unique_ptr<OutputFile>> files;
  for (const size_t place : order) {
    const size_t number = files.size() + 1;
    ProfileStyle style;
    style.part = number;
    absl::StatusOr<std::unique_ptr<OutputFile>> file = WriteProfile(
        parts[place], style, absl::StrCat(prefix, ".", number), inputs);
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

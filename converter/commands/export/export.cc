#include "converter/commands/export/export.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "converter/base/clean_name.h"
#include "converter/base/version.h"
#include "converter/cli/exit_status.h"
#include "converter/cli/progress_line.h"
#include "converter/commands/analyzed_heap.h"
#include "converter/commands/collectors.h"
#include "converter/commands/conversion.h"
#include "converter/commands/export/export_options.h"
#include "converter/commands/export/folded_writer.h"
#include "converter/commands/export/heap_snapshot_writer.h"
#include "converter/commands/export/pprof_writer.h"
#include "converter/commands/export/stack_rows.h"
#include "converter/commands/value_texts.h"
#include "converter/files/compressed_output.h"
#include "converter/files/gzip_text.h"
#include "converter/files/output_file.h"
#include "converter/files/output_place.h"

namespace heapgrind {
namespace {

constexpr absl::string_view kProgram = "heapgrind export";

PprofHeader PprofHeaderOf(const AnalyzedHeap& heap) {
  const DumpHeader& header = heap.header();
  const std::string command = CommandOf(header);
  PprofHeader result;
  result.time = header.time;
  result.comments.push_back(absl::StrCat("heapgrind ", kVersion));
  result.comments.push_back(CleanName(command.empty() ? heap.name() : command));
  if (header.pid > 0) {
    result.comments.push_back(absl::StrCat("pid ", header.pid));
  }
  return result;
}

absl::string_view NameOfExample(ExportFormat format) {
  switch (format) {
    case ExportFormat::kPprof:
      return "heap.pb.gz";
    case ExportFormat::kFolded:
      return "heap.folded";
    default:
      return "heap.heapsnapshot";
  }
}

absl::Status WriteProfile(const ExportOptions& options, AnalyzedHeap* heap) {
  std::string profile;
  WritePprof(MakeStackRows(options.limits, heap), PprofHeaderOf(*heap),
             [&profile](absl::string_view text) {
               profile.append(text.data(), text.size());
             });
  const absl::StatusOr<std::string> compressed = Gzip(profile);
  if (!compressed.ok()) return compressed.status();
  const absl::StatusOr<std::unique_ptr<OutputFile>> output =
      OutputFile::Create(options.output, {options.dump});
  if (!output.ok()) return output.status();
  (*output)->Append(*compressed);
  return (*output)->Commit();
}

// Writes what is compressed only if the name of the file says so.
absl::Status WriteText(const ExportOptions& options, const ValueTexts& texts,
                       AnalyzedHeap* heap) {
  const absl::StatusOr<std::unique_ptr<DumpOutput>> output =
      DumpOutput::Create(options.output, {options.dump});
  if (!output.ok()) return output.status();
  const auto write = [&output](absl::string_view text) {
    (*output)->Append(text);
  };
  if (options.format == ExportFormat::kFolded) {
    WriteFolded(MakeStackRows(options.limits, heap), write);
  } else {
    WriteHeapSnapshot(options.shows_texts ? &texts : nullptr, heap, write);
  }
  return (*output)->Commit();
}

absl::Status Export(const ExportOptions& options) {
  Collectors<ValueCollector> collectors(options.heap);
  if (!options.shows_texts) collectors.sinks.clear();
  ProgressLine progress;
  const absl::StatusOr<std::unique_ptr<AnalyzedHeap>> heap =
      AnalyzedHeap::Load(kProgram, options.dump, options.heap,
                         /*keeps_overhead=*/false, &progress, collectors.sinks);
  if (!heap.ok()) return heap.status();
  const absl::Status status = CheckTotal(**heap);
  if (!status.ok()) return status;
  if (options.hides_keys) (*heap)->HideKeys();
  if (options.format == ExportFormat::kPprof) {
    return WriteProfile(options, heap->get());
  }
  const ValueTexts texts((*heap)->graph(), collectors.all);
  return WriteText(options, texts, heap->get());
}

}  // namespace

int RunExport(int argc, char** argv) {
  ExportOptions options;
  const ParsedWords parsed = ParseExportOptions(argc, argv, &options);
  if (parsed.exit_status.has_value()) return Finish(parsed);
  absl::Status status = CheckNoTerminal(
      options.output,
      options.format == ExportFormat::kHeapSnapshot ? "snapshot" : "profile",
      NameOfExample(options.format));
  if (status.ok()) status = CheckNoInput(options.output, {options.dump});
  if (status.ok()) status = Export(options);
  return ExitStatus(kProgram, status);
}

}  // namespace heapgrind

#include "converter/commands/dump/dump.h"

#include <cstdio>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "converter/cli/exit_status.h"
#include "converter/cli/messages.h"
#include "converter/cli/progress_line.h"
#include "converter/commands/dump/dump_options.h"
#include "converter/core/core_dump.h"
#include "converter/files/file_source.h"
#include "converter/files/output_place.h"
#include "converter/outside/blob_store.h"
#include "converter/outside/outside_dump.h"
#include "converter/outside/python_version.h"

namespace heapgrind {
namespace {

constexpr absl::string_view kProgram = "heapgrind dump";
constexpr char kThisFile[] = "/proc/self/exe";

int List(const BlobStore& blobs) {
  for (const std::string& tag : blobs.Tags()) {
    std::printf("%-7s %s\n", tag.c_str(), DescribeTag(tag).c_str());
  }
  if (!blobs.Tags().empty()) return 0;
  Say(kProgram,
      absl::StrCat("holds no scanner for any Python", kBeforeHint,
                   "./run release --python PATH adds that of an interpreter"));
  return 0;
}

std::string FullPath(const std::string& path) {
  char* const full = realpath(path.c_str(), nullptr);
  std::string result = full == nullptr ? path : full;
  std::free(full);
  return result;
}

// What was written; `cost`: what it cost the process.
void Report(const OutsideDump& dump, const std::string& cost) {
  const bool is_piped = dump.output.empty() || dump.output == "-";
  Say(kProgram,
      absl::StrCat("wrote ", dump.objects, " objects of ", dump.size,
                   " bytes to ", is_piped ? "<stdout>" : FullPath(dump.output),
                   cost));
  if (dump.left_out > 0) {
    Say(kProgram, absl::StrCat("left out, because of --max-bytes: ",
                               dump.left_out, " objects"));
  }
}

// The exit status of a dump that failed; `interrupted`: what is said then.
int Fail(const absl::Status& status, const std::string& interrupted,
         OurSignals* signals) {
  if (!absl::IsAborted(status)) return ExitStatus(kProgram, status);
  Say(kProgram, interrupted);
  return 128 + signals->Take();
}

int DumpProcess(const DumpOptions& options, const BlobStore& blobs) {
  OurSignals signals;
  ProgressLine progress;
  const std::string process = absl::StrCat("process ", options.dump.pid);
  const absl::StatusOr<OutsideDump> dump =
      DumpFromOutside(options.dump, blobs, &signals, &progress);
  if (!dump.ok()) {
    return Fail(dump.status(), process + ": interrupted; it runs on", &signals);
  }
  const double seconds = std::chrono::duration<double>(dump->stopped).count();
  Report(*dump, absl::StrFormat("; stopped the process for %.3f s", seconds));
  if (dump->has_left_zombie) {
    Say(kProgram, absl::StrCat(process,
                               ": a zombie of its copy stays until it "
                               "ends: no thread of it could be stopped to wait "
                               "for that"));
  }
  return 0;
}

// What a core lacks, and the dump with it.
void ReportGaps(const std::string& path, const CoreDump& core) {
  const auto say = [&path](absl::string_view what) {
    Say(kProgram, absl::StrCat(NameOfInput(path), ": ", what));
  };
  if (core.is_cut_off) say("cut off; the dump has what is there");
  if (core.absent > 0) {
    say(absl::StrCat("lacks ", core.absent, " bytes of memory", kBeforeHint,
                     "the process's coredump_filter decides, see core(5)"));
  }
  for (const std::string& file : core.missing) {
    say(
        absl::StrCat("a library is not there, objects of its types have no "
                     "references: ",
                     file));
  }
}

int DumpCore(const DumpOptions& options, const BlobStore& blobs) {
  OurSignals signals;
  ProgressLine progress;
  const CoreDumpOptions asked = {options.core, options.sysroot, options.dump};
  const absl::StatusOr<CoreDump> dump =
      DumpFromCore(asked, blobs, &signals, &progress);
  if (!dump.ok()) {
    return Fail(dump.status(), options.core + ": interrupted", &signals);
  }
  ReportGaps(options.core, *dump);
  Report(dump->dump, "");
  return 0;
}

int Dump(const DumpOptions& options, const BlobStore& blobs) {
  return options.core.empty() ? DumpProcess(options, blobs)
                              : DumpCore(options, blobs);
}

}  // namespace

int RunDump(int argc, char** argv) {
  DumpOptions options;
  const ParsedWords parsed = ParseDumpOptions(argc, argv, &options);
  if (parsed.exit_status.has_value()) return Finish(parsed);
  const absl::StatusOr<BlobStore> blobs =
      options.blobs.empty() ? BlobStore::OfProgram(kThisFile)
                            : BlobStore::OfFolder(options.blobs);
  if (!blobs.ok()) return ExitStatus(kProgram, blobs.status());
  return options.list ? List(*blobs) : Dump(options, *blobs);
}

}  // namespace heapgrind

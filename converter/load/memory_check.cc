#include "converter/load/memory_check.h"

#include <sys/stat.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "converter/files/dump_source.h"
#include "converter/files/file_source.h"
#include "converter/load/dump_sample.h"

namespace heapgrind {
namespace {

// No dump takes more memory than so many times its size: the shortest line of
// an object has 50 bytes, and takes 200.  Text compresses to a fiftieth at
// best.
constexpr uint64_t kMostBytesOfByte = 4;
constexpr uint64_t kMostCompression = 50;

// Bytes of what is at `path`, 0 if nothing is; none if no one knows.
std::optional<uint64_t> SizeOfFile(const std::string& path) {
  if (path == "-") return std::nullopt;
  struct stat status;
  if (stat(path.c_str(), &status) != 0) return 0;
  if (!S_ISREG(status.st_mode)) return std::nullopt;
  return static_cast<uint64_t>(status.st_size);
}

// Whether a dump of `size` bytes fits, whatever is in it.
bool SurelyFits(const std::string& path, uint64_t size, const MemoryUse& use,
                const MemoryLimit& limit) {
  const uint64_t most = EstimatePeak({}, use) + size * kMostBytesOfByte;
  if (most > limit.bytes) return false;
  const absl::StatusOr<bool> is_compressed = IsCompressed(path);
  return is_compressed.ok() &&
         (!*is_compressed || most <= limit.bytes / kMostCompression);
}

// "1.2 GiB", "340 MiB".
std::string Text(uint64_t bytes) {
  const double mebibytes = static_cast<double>(bytes) / (1 << 20);
  return mebibytes < 1000 ? absl::StrFormat("%.0f MiB", mebibytes)
                          : absl::StrFormat("%.1f GiB", mebibytes / 1024);
}

// What of the memory would not be needed, and how.
std::vector<std::string> Savings(const DumpSample& dump, const MemoryUse& use) {
  const uint64_t peak = EstimatePeak(dump, use);
  std::vector<std::string> savings;
  const auto add = [&](const DumpSample& other, const MemoryUse& other_use,
                       absl::string_view how) {
    const uint64_t saved = peak - EstimatePeak(other, other_use);
    if (saved < peak / 50) return;
    savings.push_back(absl::StrCat(how, " saves about ", Text(saved)));
  };
  DumpSample without_text = dump;
  without_text.content_bytes = 0;
  add(without_text, use, "a dump with values=\"none\", or heapgrind strip,");
  DumpSample few_references = dump;
  few_references.references = std::min(dump.references, dump.objects);
  add(few_references, use, "a dump with a small max_refs=N");
  add(dump, {false, use.num_threads}, "no --events and --process");
  add(dump, {use.keeps_overhead, 1}, "--threads=1");
  return savings;
}

absl::Status TooLarge(const std::string& path, const DumpSample& dump,
                      const MemoryUse& use, const MemoryLimit& limit) {
  std::vector<std::string> stages;
  for (const StageMemory& stage : EstimateStages(dump, use)) {
    stages.push_back(absl::StrCat(stage.stage, " ", Text(stage.bytes)));
  }
  const uint64_t peak = EstimatePeak(dump, use);
  std::string text =
      absl::StrCat(path, ": expected about ", Text(peak), " of memory for ",
                   dump.objects, " objects (", absl::StrJoin(stages, ", "),
                   "), got ", Text(limit.bytes), ": ", limit.reason);
  for (const std::string& saving : Savings(dump, use)) {
    absl::StrAppend(&text, "\nhint: ", saving);
  }
  absl::StrAppend(&text, "\nhint: --max-memory=", (peak >> 20) + 1,
                  "M tries all the same");
  return absl::ResourceExhaustedError(text);
}

}  // namespace

absl::Status CheckMemory(const std::string& path, const MemoryUse& use,
                         const MemoryLimit& limit) {
  const std::optional<uint64_t> size = SizeOfFile(path);
  if (!size && limit.is_asked_for) {
    return absl::InvalidArgumentError(absl::StrCat(
        NameOfInput(path),
        ": expected a file with --max-memory, got something whose size is not "
        "known before it is read"));
  }
  if (!size || limit.bytes == UINT64_MAX ||
      SurelyFits(path, *size, use, limit)) {
    return absl::OkStatus();
  }
  const absl::StatusOr<DumpSample> dump = SampleDump(path);
  if (!dump.ok()) return absl::OkStatus();
  if (EstimatePeak(*dump, use) <= limit.bytes) return absl::OkStatus();
  return TooLarge(path, *dump, use, limit);
}

}  // namespace heapgrind

#include "converter/commands/report/saved_report.h"

#include <sys/stat.h>

#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "converter/commands/report/report_dumps.h"
#include "converter/files/dump_source.h"

namespace heapgrind {
namespace {

constexpr uint64_t kKnownVersion = 1;
constexpr size_t kBufferBytes = 1 << 16;
constexpr size_t kBeginningBytes = 100;  // Enough to tell a report.

// As the first member, whatever blanks an editor has put before it.
bool IsBeginningOfReport(absl::string_view text) {
  text = absl::StripLeadingAsciiWhitespace(text);
  if (!absl::ConsumePrefix(&text, "{")) return false;
  text = absl::StripLeadingAsciiWhitespace(text);
  return absl::StartsWith(text, "\"heapgrind_report\"");
}

// What comes through a pipe is gone once it is read.
bool CanBeReadAgain(const std::string& path) {
  struct stat status;
  return path != "-" && stat(path.c_str(), &status) == 0 &&
         S_ISREG(status.st_mode);
}

}  // namespace

absl::StatusOr<std::optional<ReportDocument>> ReadSavedReport(
    const std::string& path) {
  if (!CanBeReadAgain(path)) return std::nullopt;
  absl::StatusOr<std::unique_ptr<ByteSource>> source = OpenDumpSource(path);
  if (!source.ok()) return source.status();
  std::string text;
  std::string buffer(kBufferBytes, '\0');
  while (true) {
    const absl::StatusOr<size_t> size =
        (*source)->Read(buffer.data(), buffer.size());
    if (!size.ok()) return size.status();
    if (*size == 0) break;
    text.append(buffer, 0, *size);
    const bool is_begun = text.size() >= kBeginningBytes;
    if (is_begun && !IsBeginningOfReport(text)) return std::nullopt;
  }
  if (!IsBeginningOfReport(text)) return std::nullopt;
  absl::StatusOr<ReportDocument> report = ParseReport(path, std::move(text));
  if (!report.ok()) return report.status();
  return *std::move(report);
}

absl::StatusOr<ReportDocument> ParseReport(const std::string& path,
                                           std::string text) {
  absl::StatusOr<JsonValue> value = ParseJson(text);
  if (!value.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ":1:", value.status().message()));
  }
  const JsonValue& version = (*value)["heapgrind_report"];
  if (version.kind != JsonValue::Kind::kNumber ||
      version.number != kKnownVersion) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, ": expected a report of version ", kKnownVersion, ", got ",
        version.kind == JsonValue::Kind::kNumber
            ? absl::StrCat("version ", version.number)
            : "another value in \"heapgrind_report\""));
  }
  return ReportDocument{ForScript(text), *std::move(value)};
}

}  // namespace heapgrind

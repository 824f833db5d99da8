#include "converter/commands/report/report_formats.h"

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "converter/commands/report/report_markdown.h"
#include "converter/page/page.h"

namespace heapgrind {
namespace {

absl::Status WriteJson(const ReportDocument& report, uint64_t /*num_rows*/,
                       OutputFile* output) {
  output->Append(report.text);
  return absl::OkStatus();
}

absl::Status WriteMarkdown(const ReportDocument& report, uint64_t num_rows,
                           OutputFile* output) {
  output->Append(ReportMarkdown(report.value, num_rows));
  return absl::OkStatus();
}

absl::Status WriteHtml(const ReportDocument& report, uint64_t /*num_rows*/,
                       OutputFile* output) {
  const absl::StatusOr<std::string> page = MakePage(report.text);
  if (!page.ok()) return page.status();
  output->Append(*page);
  return absl::OkStatus();
}

constexpr ReportFormat kFormats[] = {
    {"markdown", ".md", WriteMarkdown},
    {"json", ".json", WriteJson},
    {"html", ".html", WriteHtml},
};

}  // namespace

absl::Span<const ReportFormat> ReportFormats() { return kFormats; }

const ReportFormat* FindFormatByName(absl::string_view name) {
  for (const ReportFormat& format : kFormats) {
    if (name == format.name) return &format;
  }
  return nullptr;
}

const ReportFormat* FindFormatOfFile(absl::string_view path) {
  for (const ReportFormat& format : kFormats) {
    if (absl::EndsWith(path, format.ending)) return &format;
  }
  return nullptr;
}

}  // namespace heapgrind

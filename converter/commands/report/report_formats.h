// The forms of a report: a table.
//
// All of them are made of the report as JSON (docs/report_format.md), whether
// that comes from dumps or from a file.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_REPORT_REPORT_FORMATS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_REPORT_REPORT_FORMATS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "converter/files/output_file.h"
#include "converter/json/json_value.h"

namespace heapgrind {

// A report, as text and as what the text means.
struct ReportDocument {
  std::string text;  // One line, which may stand in a <script> element.
  JsonValue value;
};

struct ReportFormat {
  const char* name;    // Of --format.
  const char* ending;  // Of files that it is chosen for.
  // Appends the report to a file.  `num_rows`: of --top.  ResourceExhausted if
  // there is no memory for it.
  absl::Status (*write)(const ReportDocument& report, uint64_t num_rows,
                        OutputFile* output);
};

// The first is the default.
absl::Span<const ReportFormat> ReportFormats();

// The format of that name, or for which the file's name ends; null: none.
const ReportFormat* FindFormatByName(absl::string_view name);
const ReportFormat* FindFormatOfFile(absl::string_view path);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_REPORT_REPORT_FORMATS_H_

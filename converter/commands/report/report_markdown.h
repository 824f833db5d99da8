// A report as Markdown: to paste into a ticket.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_REPORT_REPORT_MARKDOWN_H_
#define HEAPGRIND_CONVERTER_COMMANDS_REPORT_REPORT_MARKDOWN_H_

#include <cstdint>
#include <string>

#include "converter/json/json_value.h"

namespace heapgrind {

// Tables of at most `num_rows` rows.  What comes from the dump is in code spans
// alone, so that none of it is markup, whatever it says.  Members that are not
// there, or not of their type, count as 0 and "".
std::string ReportMarkdown(const JsonValue& report, uint64_t num_rows);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_REPORT_REPORT_MARKDOWN_H_

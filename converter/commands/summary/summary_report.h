// The summary of a heap as tables, and as JSON.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_SUMMARY_REPORT_H_
#define HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_SUMMARY_REPORT_H_

#include <cstdint>
#include <string>

#include "converter/cli/terminal.h"
#include "converter/commands/summary/heap_summary.h"

namespace heapgrind {

// Tables of at most `num_rows` rows, and one for the others.
std::string SummaryText(const HeapSummary& summary, uint64_t num_rows,
                        const OutputStyle& style);

// One JSON object and a line feed, with all types and packages.
std::string SummaryJson(const HeapSummary& summary);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_SUMMARY_REPORT_H_

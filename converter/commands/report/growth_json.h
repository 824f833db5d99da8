// What grew, as JSON.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_REPORT_GROWTH_JSON_H_
#define HEAPGRIND_CONVERTER_COMMANDS_REPORT_GROWTH_JSON_H_

#include "converter/commands/analyzed_heap.h"
#include "converter/commands/report/growth.h"
#include "converter/commands/report/row_json.h"
#include "converter/json/json_writer.h"

namespace heapgrind {

// The member "growth".
void WriteGrowth(const Growth& growth, AnalyzedHeap* heap, ReportFiles* files,
                 JsonWriter* json);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_REPORT_GROWTH_JSON_H_

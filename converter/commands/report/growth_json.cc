#include "converter/commands/report/growth_json.h"

#include "converter/commands/diff/sum_json.h"
#include "converter/commands/report/report_names.h"
#include "converter/commands/report/table_json.h"
#include "converter/profile/joined_profiles.h"

namespace heapgrind {
namespace {

void WriteNumbers(const DifferenceRow& row, JsonWriter* json) {
  json->Change("net_bytes", row.NetBytes());
  json->Change("net_objects", row.NetObjects());
  json->Number("new_bytes", row.added.bytes);
  json->Number("new_objects", row.added.objects);
  json->Number("gone_bytes", row.gone.bytes);
  json->Number("gone_objects", row.gone.objects);
  json->Number("grown_bytes", row.grown.bytes);
  json->Number("shrunk_bytes", row.shrunk.bytes);
}

void WriteDifference(const char* key, const std::vector<DifferenceRow>& rows,
                     JsonWriter* json) {
  const auto write = [json](const DifferenceRow& row) {
    json->Text("name", ReportName(row.name));
    WriteNumbers(row, json);
  };
  using Row = std::vector<DifferenceRow>::const_iterator;
  const auto write_others = [json](Row first, Row last) {
    DifferenceRow others;
    for (Row row = first; row != last; ++row) others += *row;
    WriteNumbers(others, json);
  };
  WriteTable(key, rows, write, write_others, json);
}

void WriteStayedNumbers(const StayedRow& row, JsonWriter* json) {
  json->Number("topmost", row.topmost);
  json->Number("objects", row.objects);
  json->Number("bytes", row.bytes);
}

// As a table, and with the sum of all rows.
void WriteStayed(const StayedObjects& stayed, JsonWriter* json) {
  const auto write = [json](const StayedRow& row) {
    json->Text("owner", ReportName(row.name));
    WriteStayedNumbers(row, json);
    json->Text("example", ReportName(row.example));
  };
  using Row = std::vector<StayedRow>::const_iterator;
  const auto write_others = [json](Row first, Row last) {
    StayedRow others;
    for (Row row = first; row != last; ++row) {
      others.topmost += row->topmost;
      others.objects += row->objects;
      others.bytes += row->bytes;
    }
    WriteStayedNumbers(others, json);
  };
  json->Open("stayed");
  json->Number("objects", stayed.objects);
  json->Number("bytes", stayed.bytes);
  WriteTable("owners", stayed.rows, write, write_others, json);
  json->Close();
}

}  // namespace

void WriteGrowth(const Growth& growth, AnalyzedHeap* heap, ReportFiles* files,
                 JsonWriter* json) {
  StringTable* const strings = &heap->owned_heap().graph.strings;
  const ReportRows rows = FitReportRows(
      [&](const PruneLimits& limits) {
        return PruneJoined(growth.joined, limits, strings);
      },
      /*compares=*/true, kMostRowsOfTwo, heap);
  const HeapDifference& difference = growth.difference;
  json->Open("growth");
  WriteSum("before", difference.all.before, json);
  WriteSum("after", difference.all.after, json);
  json->Number("survivors", difference.survivors);
  WriteRows(rows, heap->graph().strings, /*compares=*/true, files, json);
  WriteDifference("types", difference.types, json);
  WriteDifference("owners", difference.functions, json);
  WriteDifference("packages", difference.packages, json);
  if (growth.stayed.has_value()) WriteStayed(*growth.stayed, json);
  json->Close();
}

}  // namespace heapgrind

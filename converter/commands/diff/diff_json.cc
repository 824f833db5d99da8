#include <string>
#include <vector>

#include "converter/commands/diff/diff_report.h"
#include "converter/commands/diff/sum_json.h"
#include "converter/commands/heap_sentences.h"
#include "converter/json/json_writer.h"

namespace heapgrind {
namespace {

void WriteSums(const DifferenceRow& row, JsonWriter* json) {
  WriteSum("before", row.before, json);
  WriteSum("after", row.after, json);
  WriteSum("new", row.added, json);
  WriteSum("gone", row.gone, json);
  WriteSum("grown", row.grown, json);
  WriteSum("shrunk", row.shrunk, json);
}

void WriteRows(const char* key, const char* name, bool has_moved,
               const std::vector<DifferenceRow>& rows, JsonWriter* json) {
  json->OpenArray(key);
  for (const DifferenceRow& row : rows) {
    json->Open();
    json->Text(name, row.name);
    WriteSums(row, json);
    if (has_moved) {
      WriteSum("moved_in", row.moved_in, json);
      WriteSum("moved_out", row.moved_out, json);
    }
    json->Change("net_objects", row.NetObjects());
    json->Change("net_bytes", row.NetBytes());
    json->Close();
  }
  json->CloseArray();
}

void WriteStayed(const StayedObjects& stayed, JsonWriter* json) {
  json->Open("suspects");
  json->Number("objects", stayed.objects);
  json->Number("bytes", stayed.bytes);
  json->OpenArray("owners");
  for (const StayedRow& row : stayed.rows) {
    json->Open();
    json->Text("owner", row.name);
    json->Number("topmost", row.topmost);
    json->Number("objects", row.objects);
    json->Number("bytes", row.bytes);
    json->Text("example", row.example);
    json->Close();
  }
  json->CloseArray();
  json->Close();
}

}  // namespace

std::string DiffJson(const DiffReport& report) {
  const HeapDifference& difference = report.difference;
  JsonWriter json;
  json.Open();
  json.Text("old", report.old_name);
  json.Text("new", report.new_name);
  WriteSentences(report.suspects, &json);
  json.Number("survivors", difference.survivors);
  json.Number("reused_addresses", difference.reused_addresses);
  json.Open("all");
  WriteSums(difference.all, &json);
  json.Close();
  WriteRows("types", "type", false, difference.types, &json);
  WriteRows("owners", "owner", true, difference.functions, &json);
  WriteRows("packages", "package", true, difference.packages, &json);
  if (report.stayed.has_value()) WriteStayed(*report.stayed, &json);
  json.Close();
  return json.TakeLine();
}

}  // namespace heapgrind

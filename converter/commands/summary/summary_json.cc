#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "converter/commands/heap_sentences.h"
#include "converter/commands/summary/strings_json.h"
#include "converter/commands/summary/summary_report.h"
#include "converter/json/json_writer.h"

namespace heapgrind {
namespace {

void WriteCost(const Cost& cost, JsonWriter* json) {
  json->Number("objects", cost.objects);
  json->Number("bytes", cost.bytes);
  json->Number("gc_bytes", cost.gc_bytes);
  json->Number("slack", cost.slack);
}

void WriteTotals(const char* key, const char* name,
                 const std::vector<HeapTotal>& totals, JsonWriter* json) {
  json->OpenArray(key);
  for (const HeapTotal& total : totals) {
    json->Open();
    json->Text(name, total.name);
    WriteCost(total.cost, json);
    json->Number("largest", total.largest);
    json->Number("retained", total.retained);
    json->Close();
  }
  json->CloseArray();
}

void WriteStrings(const StringTotals& strings, JsonWriter* json) {
  json->Open("strings");
  WriteStringFigures(strings, json);
  json->OpenArray("duplicates");
  for (const SameStrings& same : strings.duplicates) {
    json->Open();
    json->Text("type", StringType(same.form));
    json->Text("value", same.text);
    json->Number("objects", same.objects);
    json->Number("bytes", same.bytes);
    json->Number("duplicate_bytes", same.duplicate_bytes);
    json->Close();
  }
  json->CloseArray();
  json->Close();
}

void WriteLargest(const std::vector<LargestObject>& largest, JsonWriter* json) {
  json->OpenArray("largest");
  for (const LargestObject& object : largest) {
    json->Open();
    json->Number("address", object.address);
    json->Text("type", object.type);
    json->Number("bytes", object.bytes);
    json->Number("retained", object.retained);
    json->Text("path", object.path);
    json->Close();
  }
  json->CloseArray();
}

void WriteNativeOwners(const std::vector<NativeOwner>& owners,
                       JsonWriter* json) {
  json->OpenArray("native_owners");
  for (const NativeOwner& owner : owners) {
    json->Open();
    json->Text("type", owner.name);
    json->Number("objects", owner.objects);
    json->Number("native_bytes", owner.bytes);
    json->Close();
  }
  json->CloseArray();
}

void WriteProcess(const HeapSummary& summary, JsonWriter* json) {
  json->Open("process");
  json->Number("rss", summary.header.rss);
  json->Number("swap", summary.header.swap);
  json->Number("objects", summary.all.cost.bytes);
  json->Number("allocator_overhead", summary.process.overhead);
  json->Number("allocator_free_space", summary.process.free_space);
  json->Number("pymalloc_without_objects",
               summary.process.pymalloc_without_objects);
  json->Number("malloc_without_objects",
               summary.process.malloc_without_objects);
  json->Number("native_without_owner", summary.process.native_without_owner);
  json->Number("swapped", summary.process.swapped);
  json->Number("native", summary.process.native);
  json->Number("excess", summary.process.excess);
  json->Close();
}

}  // namespace

std::string SummaryJson(const HeapSummary& summary) {
  JsonWriter json;
  json.Open();
  json.Text("dump", summary.dump);
  if (summary.header.heapgrind > 0) {
    json.Text("python", summary.header.python);
    json.Number("pid", summary.header.pid);
    json.Number("time", summary.header.time);
  }
  if (!summary.type_pattern.empty()) json.Text("type", summary.type_pattern);
  if (summary.type_pattern.empty()) WriteSentences(summary.suspects, &json);
  WriteCost(summary.all.cost, &json);
  WriteTotals("types", "type", summary.types, &json);
  WriteTotals("packages", "package", summary.packages, &json);
  WriteStrings(summary.strings, &json);
  WriteLargest(summary.largest, &json);
  if (!summary.native_owners.empty()) {
    WriteNativeOwners(summary.native_owners, &json);
  }
  const bool has_process =
      summary.header.rss > 0 && summary.type_pattern.empty();
  if (has_process) WriteProcess(summary, &json);
  json.Close();
  return json.TakeLine();
}

}  // namespace heapgrind

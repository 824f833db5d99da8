#include <cstddef>
#include <optional>
#include <vector>

#include "converter/commands/heap_sentences.h"
#include "converter/commands/series/series_report.h"
#include "converter/json/json_writer.h"

namespace heapgrind {
namespace {

constexpr const char* kKeys[] = {"type", "owner", "package", "owner"};

void WriteHeap(const SeriesHeap& heap, JsonWriter* json) {
  json->Open();
  json->Text("dump", heap.name);
  if (heap.time == 0) {
    json->Null("time");
  } else {
    json->Number("time", heap.time);
  }
  json->Number("objects", heap.all.objects);
  json->Number("bytes", heap.all.bytes);
  json->Close();
}

void WriteRow(const HeapSeries& series, SeriesRows rows, const SeriesRow& row,
              JsonWriter* json) {
  json->Open();
  json->Text(kKeys[static_cast<size_t>(rows)], row.name);
  json->OpenArray("objects");
  for (const SeriesSum& sum : row.sums) json->Number(sum.objects);
  json->CloseArray();
  json->OpenArray("bytes");
  for (const SeriesSum& sum : row.sums) json->Number(sum.bytes);
  json->CloseArray();
  if (rows == SeriesRows::kPaths) {
    json->OpenArray("instances");
    for (const SeriesSum& sum : row.sums) json->Number(sum.instances);
    json->CloseArray();
  }
  const int64_t growth = Growth(series, row.sums);
  const std::optional<int64_t> per_hour = PerHour(series, growth);
  json->Change("growth", growth);
  if (per_hour.has_value()) {
    json->Change("growth_per_hour", *per_hour);
  } else {
    json->Null("growth_per_hour");
  }
  if (series.has_stayed) {
    json->Open("stayed");
    json->Number("objects", row.stayed.objects);
    json->Number("bytes", row.stayed.bytes);
    json->Close();
  }
  json->Close();
}

}  // namespace

std::string SeriesJson(const HeapSeries& series, const SeriesOptions& options) {
  JsonWriter json;
  json.Open();
  json.Text("growth_of", series.counts_objects ? "objects" : "bytes");
  WriteSentences(series.suspects, &json);
  json.OpenArray("dumps");
  for (const SeriesHeap& heap : series.heaps) WriteHeap(heap, &json);
  json.CloseArray();
  json.OpenArray("rows");
  for (const SeriesRow& row : series.rows) {
    WriteRow(series, options.rows, row, &json);
  }
  json.CloseArray();
  json.Close();
  return json.TakeLine();
}

}  // namespace heapgrind

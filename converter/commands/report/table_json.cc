#include "converter/commands/report/table_json.h"

#include "converter/commands/heap_totals.h"
#include "converter/commands/report/attribute_totals.h"
#include "converter/commands/report/container_totals.h"
#include "converter/commands/report/report_names.h"
#include "converter/commands/summary/largest_objects.h"
#include "converter/commands/summary/native_owners.h"
#include "converter/commands/summary/string_totals.h"
#include "converter/commands/summary/strings_json.h"

namespace heapgrind {
namespace {

constexpr uint64_t kMostLargest = 50;
constexpr uint64_t kMostDuplicates = 200;
constexpr size_t kMostTextBytes = 1000;

void WriteTotals(const char* key, const std::vector<HeapTotal>& totals,
                 JsonWriter* json) {
  const auto write = [json](const HeapTotal& total) {
    json->Text("name", ReportName(total.name));
    json->Number("objects", total.cost.objects);
    json->Number("bytes", total.cost.bytes);
    json->Number("largest", total.largest);
    json->Number("retained", total.retained);
  };
  using Row = std::vector<HeapTotal>::const_iterator;
  const auto write_others = [json](Row first, Row last) {
    const Cost cost = SumOf({first, last}).cost;
    json->Number("objects", cost.objects);
    json->Number("bytes", cost.bytes);
  };
  WriteTable(key, totals, write, write_others, json);
}

void WriteLargest(const char* key, const std::vector<bool>& is_counted,
                  bool by_retained, AnalyzedHeap* heap, JsonWriter* json) {
  json->OpenArray(key);
  for (const LargestObject& object :
       FindLargestObjects(is_counted, kMostLargest, by_retained, heap)) {
    json->Open();
    json->Number("address", object.address);
    json->Text("type", ReportName(object.type));
    json->Number("bytes", object.bytes);
    json->Number("retained", object.retained);
    json->Text("path", ReportName(object.path));
    json->Close();
  }
  json->CloseArray();
}

void WriteContainers(const HeapGraph& graph, JsonWriter* json) {
  json->OpenArray("containers");
  for (const ContainerTotal& total : CountContainers(graph)) {
    json->Open();
    json->Text("type", total.type);
    json->Number("items", total.items);
    json->Number("objects", total.objects);
    json->Number("bytes", total.bytes);
    json->Number("all_items", total.all_items);
    json->Close();
  }
  json->CloseArray();
}

void WriteNativeOwners(const std::vector<NativeOwner>& owners,
                       JsonWriter* json) {
  if (owners.empty()) return;
  const auto write_numbers = [json](uint64_t objects, uint64_t bytes) {
    json->Number("objects", objects);
    json->Number("bytes", bytes);
  };
  const auto write = [&](const NativeOwner& owner) {
    json->Text("name", ReportName(owner.name));
    write_numbers(owner.objects, owner.bytes);
  };
  using Row = std::vector<NativeOwner>::const_iterator;
  const auto write_others = [&](Row first, Row last) {
    NativeOwner others;
    for (Row row = first; row != last; ++row) {
      others.objects += row->objects;
      others.bytes += row->bytes;
    }
    write_numbers(others.objects, others.bytes);
  };
  WriteTable("native_owners", owners, write, write_others, json);
}

}  // namespace

void WriteHeapTables(AnalyzedHeap* heap, JsonWriter* json) {
  const std::vector<bool> all(heap->graph().num_nodes(), true);
  WriteTotals("types", TotalsByType(all, heap), json);
  WriteTotals("packages", TotalsByPackage(all, heap), json);
  json->Open("largest");
  WriteLargest("by_bytes", all, false, heap, json);
  WriteLargest("by_retained", all, true, heap, json);
  json->Close();
  WriteContainers(heap->graph(), json);
  WriteNativeOwners(FindNativeOwners(heap), json);
}

void WriteAttributes(const ShownRows& rows, const StringTable& strings,
                     JsonWriter* json) {
  const auto write = [&](const AttributeTotal& total) {
    json->Text("owner", ReportName(strings.Text(total.owner)));
    json->Text("name", ReportName(strings.Text(total.name)));
    json->Number("count", total.count);
    json->Number("bytes", total.bytes);
  };
  using Row = std::vector<AttributeTotal>::const_iterator;
  const auto write_others = [json](Row first, Row last) {
    uint64_t count = 0;
    for (Row row = first; row != last; ++row) count += row->count;
    json->Number("count", count);
  };
  WriteTable("attributes", CountAttributes(rows.tree, strings), write,
             write_others, json);
}

void WriteStringTables(const std::vector<HeapText>& texts, bool shows_texts,
                       JsonWriter* json) {
  const StringTotals totals = CountStrings(texts, kMostDuplicates);
  json->Open("strings");
  WriteStringFigures(totals, json);
  json->OpenArray("duplicates");
  for (const SameStrings& same : totals.duplicates) {
    json->Open();
    json->Text("type", StringType(same.form));
    json->Number("objects", same.objects);
    json->Number("bytes", same.bytes);
    json->Number("duplicate_bytes", same.duplicate_bytes);
    if (shows_texts) {
      json->Text("value", CutMiddle(same.text, kMostTextBytes));
    }
    json->Close();
  }
  json->CloseArray();
  json->Close();
}

}  // namespace heapgrind

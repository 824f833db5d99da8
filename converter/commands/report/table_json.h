// The tables of a report as JSON.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_REPORT_TABLE_JSON_H_
#define HEAPGRIND_CONVERTER_COMMANDS_REPORT_TABLE_JSON_H_

#include <algorithm>
#include <cstddef>
#include <vector>

#include "converter/commands/analyzed_heap.h"
#include "converter/commands/summary/text_collector.h"
#include "converter/json/json_writer.h"
#include "converter/profile/shown_rows.h"

namespace heapgrind {

// More rows, or rows behind more bytes of JSON, are added up.
inline constexpr size_t kMostTableRows = 500;
inline constexpr size_t kMostTableBytes = 150'000;

// The member `key`, {"rows": [...], "others": {...}}: write(row) writes the
// members of a row's object, write_others(first, last) those of what is beyond
// the limit, besides the number of these rows.
template <typename Row, typename Write, typename WriteOthers>
void WriteTable(const char* key, const std::vector<Row>& rows,
                const Write& write, const WriteOthers& write_others,
                JsonWriter* json) {
  json->Open(key);
  json->OpenArray("rows");
  const size_t most_bytes = json->size() + kMostTableBytes;
  size_t num_shown = 0;
  while (num_shown < std::min(rows.size(), kMostTableRows) &&
         json->size() < most_bytes) {
    json->Open();
    write(rows[num_shown++]);
    json->Close();
  }
  json->CloseArray();
  if (num_shown < rows.size()) {
    json->Open("others");
    json->Number("rows", rows.size() - num_shown);
    write_others(rows.begin() + num_shown, rows.end());
    json->Close();
  }
  json->Close();
}

// The members "types", "packages", "largest" and "containers"; and
// "native_owners", if the heap has native blocks.
void WriteHeapTables(AnalyzedHeap* heap, JsonWriter* json);

// The member "attributes".
void WriteAttributes(const ShownRows& rows, const StringTable& strings,
                     JsonWriter* json);

// The member "threads": of all functions, of which `rows` are the large ones.
void WriteThreads(const ShownRows& rows, AnalyzedHeap* heap, JsonWriter* json);

// The member "strings".  `texts` by address.
void WriteStringTables(const std::vector<HeapText>& texts, bool shows_texts,
                       JsonWriter* json);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_REPORT_TABLE_JSON_H_

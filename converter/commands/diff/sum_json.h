// A sum of objects as JSON.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_DIFF_SUM_JSON_H_
#define HEAPGRIND_CONVERTER_COMMANDS_DIFF_SUM_JSON_H_

#include "converter/commands/diff/heap_difference.h"
#include "converter/json/json_writer.h"

namespace heapgrind {

// Writes `"KEY": {"objects": N, "bytes": N}`.
inline void WriteSum(const char* key, const ObjectSum& sum, JsonWriter* json) {
  json->Open(key);
  json->Number("objects", sum.objects);
  json->Number("bytes", sum.bytes);
  json->Close();
}

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_DIFF_SUM_JSON_H_

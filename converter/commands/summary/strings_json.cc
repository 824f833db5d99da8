#include "converter/commands/summary/strings_json.h"

namespace heapgrind {

const char* StringType(char form) {
  return form == 's' ? "str" : form == 'b' ? "bytes" : "unicode";
}

void WriteStringFigures(const StringTotals& strings, JsonWriter* json) {
  json->Number("objects", strings.objects);
  json->Number("bytes", strings.bytes);
  json->Number("whole_objects", strings.whole_objects);
  json->Number("whole_bytes", strings.whole_bytes);
  json->Number("duplicate_objects", strings.duplicate_objects);
  json->Number("duplicate_bytes", strings.duplicate_bytes);
  json->OpenArray("sizes");
  for (const StringSizes& sizes : strings.sizes) {
    json->Open();
    json->Number("up_to", sizes.up_to);
    json->Number("objects", sizes.objects);
    json->Number("bytes", sizes.bytes);
    json->Number("duplicate_bytes", sizes.duplicate_bytes);
    json->Close();
  }
  json->CloseArray();
}

}  // namespace heapgrind

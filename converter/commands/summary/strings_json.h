// What JSON says of the strings of a heap, wherever it is written.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_STRINGS_JSON_H_
#define HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_STRINGS_JSON_H_

#include "converter/commands/summary/string_totals.h"
#include "converter/json/json_writer.h"

namespace heapgrind {

// The type of a string with that HeapText::form.
const char* StringType(char form);

// Writes the figures of all strings, and "sizes", into an object that is open.
void WriteStringFigures(const StringTotals& strings, JsonWriter* json);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_STRINGS_JSON_H_

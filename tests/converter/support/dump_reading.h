// Reads the text of a dump through the reader, and notes what it hands out.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_DUMP_READING_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_DUMP_READING_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "converter/dump/dump_reader.h"

namespace heapgrind {

// Lines of a dump.
inline constexpr absl::string_view kHeader =
    "{\"heapgrind\": 1, \"pid\": 4711}\n";
inline constexpr absl::string_view kObject =
    "{\"address\": 16, \"type\": \"T\", \"size\": 8, \"refs\": []}\n";

// What was read of a dump: its facts or its error, and one text a record.
struct Reading {
  absl::StatusOr<DumpFacts> facts;
  std::vector<std::string> records;
};

// Reads a dump, a few bytes at a time, which messages call a.json.
Reading Read(std::string dump);

// The whole message of the error that the dump is, or "OK".
std::string ErrorOf(std::string dump);

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_DUMP_READING_H_

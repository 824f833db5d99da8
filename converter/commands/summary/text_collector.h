// The strings of a heap with their texts, as far as the dump has them.
//
// The graph keeps only texts that name something.  A collector watches while a
// dump is read (load_dump.h) and keeps those of all strings.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_TEXT_COLLECTOR_H_
#define HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_TEXT_COLLECTOR_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "converter/dump/addressed_records.h"
#include "converter/dump/dump_record.h"
#include "converter/dump/record_sink.h"

namespace heapgrind {

// One object of type str, bytes or (Python 2) unicode.
struct HeapText {
  uint64_t address = 0;
  uint64_t size = 0;  // Bytes.
  char form = 's';    // 's', 'b', 'u': the type's first letter.
  // Whether `text` is all of it: a dump has the first characters.
  bool is_whole = false;
  std::string_view text;  // Lives as long as the collectors.
};

class TextCollector : public RecordSink {
 public:
  void StartSection(uint64_t number) override { texts_.StartSection(number); }

  // Never fails.
  absl::Status Take(const DumpRecord& record) override;

  // The strings that several collectors have seen, by address, each address
  // once.  Empties the collectors, but for the texts.
  static std::vector<HeapText> Join(
      const std::vector<std::unique_ptr<TextCollector>>& collectors);

 private:
  std::string_view Keep(std::string_view text);

  AddressedRecords<HeapText> texts_;
  std::vector<std::unique_ptr<char[]>> chunks_;
  char* free_ = nullptr;
  size_t num_free_ = 0;  // Bytes left at free_.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_TEXT_COLLECTOR_H_

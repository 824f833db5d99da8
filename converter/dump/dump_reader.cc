#include "converter/dump/dump_reader.h"

#include "converter/dump/begun_source.h"
#include "converter/dump/dump_lines.h"
#include "converter/dump/input_formats.h"

namespace heapgrind {
namespace {

class VisitorSink : public RecordSink {
 public:
  explicit VisitorSink(const DumpVisitor& visitor) : visitor_(visitor) {}

  void StartSection(uint64_t) override {}
  absl::Status Take(const DumpRecord& record) override {
    return visitor_.on_record(record);
  }

 private:
  const DumpVisitor& visitor_;
};

}  // namespace

absl::StatusOr<DumpFacts> ReadDump(absl::string_view name, ByteSource* source,
                                   const DumpListener& listener,
                                   absl::Span<RecordSink* const> sinks,
                                   size_t chunk_size) {
  BegunSource begun(source);
  DumpReadFunction* const read = FindInputFormat(begun.beginning()).read;
  // What has no reader is read as lines, to say which is wrong.
  return (read == nullptr ? ReadDumpLines : read)(name, &begun, listener, sinks,
                                                  chunk_size);
}

absl::StatusOr<DumpFacts> ReadDump(absl::string_view name, ByteSource* source,
                                   const DumpVisitor& visitor) {
  VisitorSink sink(visitor);
  RecordSink* const sinks[] = {&sink};
  return ReadDump(name, source, {visitor.on_header, visitor.on_progress},
                  sinks);
}

}  // namespace heapgrind

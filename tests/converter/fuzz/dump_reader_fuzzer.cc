// Feeds arbitrary bytes to the reader, and checks what must hold of any input.
//
//     bazel build --config=fuzz //tests/converter/fuzz:dump_reader_fuzzer
//     bazel-bin/tests/converter/dump_reader_fuzzer testdata/fuzz/dump_reader
//
// What it finds goes into testdata/fuzz/dump_reader, which
// dump_reader_corpus_test runs through the same function.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "converter/dump/dump_reader.h"
#include "converter/files/gzip_codec.h"
#include "tests/converter/support/string_source.h"

namespace heapgrind {
namespace {

void Check(bool holds, absl::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", std::string(what).c_str());
  std::abort();
}

// Everything that a reading hands out and finds out, as one text.
class Transcript {
 public:
  void AddHeader(const DumpHeader& header) {
    Add(header.heapgrind, header.pid, header.time, header.rss,
        header.pointer_size);
    AddText(header.scanner);
    AddText(header.python);
    AddText(header.executable);
    for (const std::string& argument : header.argv) AddText(argument);
  }

  void AddRecord(const DumpRecord& record) {
    Add(static_cast<int>(record.form), record.address, record.size, record.gc,
        record.slack, record.len, record.line, record.refcount, record.pairs,
        record.refs_left_out, record.id);
    for (const std::string_view text :
         {record.type, record.kind, record.name, record.qualname, record.module,
          record.file, record.value, record.root}) {
      AddText(text);
    }
    for (const uint64_t reference : record.refs) Add(reference);
    for (const std::string_view name : record.names) AddText(name);
  }

  void AddFacts(const DumpFacts& facts) {
    Add(facts.has_header, facts.has_end_record, facts.is_array_open,
        facts.is_last_line_cut_off, facts.is_data_cut_off, facts.num_lines,
        facts.num_roots, facts.num_objects, facts.objects_size,
        facts.end.num_objects, facts.end.objects_size);
  }

  template <typename... Numbers>
  void Add(Numbers... numbers) {
    (absl::StrAppend(&text_, numbers, " "), ...);
  }
  void AddText(std::string_view text) {
    Add(text.data() == nullptr, text.size());
    text_.append(text);
  }

  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

void CheckRecord(const DumpRecord& record) {
  Check(record.form == RecordForm::kObject || record.form == RecordForm::kRoot,
        "only objects and roots are handed out");
  if (record.form == RecordForm::kRoot) return;
  Check(record.type.data() != nullptr, "an object has a type");
  Check(record.pairs <= record.refs.size() / 2, "pairs are references");
}

void CheckMessage(absl::string_view message) {
  Check(absl::StartsWith(message, "dump:"), message);
  Check(absl::StrContains(message, ": expected "), message);
  Check(absl::StrContains(message, ", got "), message);
  const size_t newline = message.find('\n');
  Check(newline == message.npos ||
            absl::StartsWith(message.substr(newline), "\nhint: "),
        message);
}

std::unique_ptr<ByteSource> SourceOf(const std::string& bytes,
                                     size_t chunk_size) {
  auto source = std::make_unique<StringSource>(bytes, chunk_size);
  if (!IsGzip(bytes)) return source;
  return std::make_unique<DecompressingSource>("dump", std::move(source),
                                               MakeGzipCodec());
}

std::string TranscriptOf(const std::string& bytes, size_t chunk_size) {
  Transcript transcript;
  uint64_t num_records = 0;
  const std::unique_ptr<ByteSource> source = SourceOf(bytes, chunk_size);
  const absl::StatusOr<DumpFacts> facts =
      ReadDump("dump", source.get(),
               {[&](const DumpHeader& header) { transcript.AddHeader(header); },
                [&](const DumpRecord& record) {
                  CheckRecord(record);
                  transcript.AddRecord(record);
                  ++num_records;
                  return absl::OkStatus();
                },
                [](uint64_t, uint64_t) {}});
  if (!facts.ok()) {
    CheckMessage(facts.status().message());
    return absl::StrCat(transcript.text(), facts.status().message());
  }
  Check(facts->num_objects > 0, "a dump has objects");
  Check(facts->num_objects + facts->num_roots == num_records,
        "every record is counted");
  transcript.AddFacts(*facts);
  return transcript.text();
}

}  // namespace
}  // namespace heapgrind

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const size_t chunk_size = 1 + std::hash<std::string>()(bytes) % 16;
  heapgrind::Check(heapgrind::TranscriptOf(bytes, chunk_size) ==
                       heapgrind::TranscriptOf(bytes, static_cast<size_t>(-1)),
                   "the result does not depend on where the bytes are cut");
  return 0;
}

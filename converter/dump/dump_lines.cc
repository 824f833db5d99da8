#include "converter/dump/dump_lines.h"

#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "converter/dump/dump_section.h"
#include "converter/dump/joined_facts.h"
#include "converter/files/chunk_reader.h"
#include "converter/files/record_beginning.h"

namespace heapgrind {
namespace {

class LineReader {
 public:
  LineReader(absl::string_view name, ByteSource* source,
             const DumpListener& listener, absl::Span<RecordSink* const> sinks,
             size_t chunk_size)
      : name_(name),
        source_(source),
        listener_(listener),
        sinks_(sinks),
        chunks_(source, chunk_size) {}

  absl::StatusOr<DumpFacts> Read();

 private:
  void ReadBeginning(DumpSectionReader* reader);
  void ReadSections(DumpSectionReader* reader);
  void ReadInThreads(DumpSectionReader* first_reader);
  bool NextChunk(TextChunk* chunk);
  void Keep(uint64_t section, SectionFacts facts);
  void TakeHeader(const DumpHeader& header);
  absl::StatusOr<DumpFacts> Join();

  const absl::string_view name_;
  ByteSource* const source_;
  const DumpListener& listener_;
  const absl::Span<RecordSink* const> sinks_;
  DumpHeader header_;
  SectionStart start_;  // Of each section behind the beginning.

  std::mutex mutex_;  // Guards what follows.
  ChunkReader chunks_;
  uint64_t position_ = 0;  // As last told.
  bool is_done_ = false;   // No thread needs to take another chunk.
  absl::Status source_status_;
  std::vector<SectionFacts> facts_;  // By number of the section.
};

absl::StatusOr<DumpFacts> LineReader::Read() {
  DumpSectionReader reader(
      sinks_[0], [this](const DumpHeader& header) { TakeHeader(header); });
  ReadBeginning(&reader);
  ReadInThreads(&reader);
  return Join();
}

// The sections up to the first that has a record, which tells what the rest is.
void LineReader::ReadBeginning(DumpSectionReader* reader) {
  TextChunk chunk;
  uint64_t num_bytes = 0;
  while (!start_.has_first_record && NextChunk(&chunk)) {
    num_bytes += chunk.text.size();
    // So many blanks may go on for ever.
    if (num_bytes > kJudgedBytes && !MayBeRecord(chunk.text)) is_done_ = true;
    Keep(chunk.number, reader->Read(start_, chunk));
    start_ = reader->state();
  }
}

void LineReader::ReadInThreads(DumpSectionReader* first_reader) {
  std::vector<std::unique_ptr<DumpSectionReader>> readers;
  std::vector<std::thread> threads;
  for (RecordSink* const sink : sinks_.subspan(1)) {
    readers.push_back(
        std::make_unique<DumpSectionReader>(sink, [](const DumpHeader&) {}));
    try {
      threads.emplace_back(&LineReader::ReadSections, this,
                           readers.back().get());
    } catch (const std::system_error&) {
      break;  // The machine gives no more threads: those there are will do.
    }
  }
  ReadSections(first_reader);
  for (std::thread& thread : threads) thread.join();
}

// What each thread does until the dump ends or has a wrong line.  Sections that
// come before that line are taken before it, so they are read to their end.
void LineReader::ReadSections(DumpSectionReader* reader) {
  TextChunk chunk;
  while (NextChunk(&chunk)) Keep(chunk.number, reader->Read(start_, chunk));
}

bool LineReader::NextChunk(TextChunk* chunk) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (is_done_) return false;
  const absl::StatusOr<bool> has_chunk = chunks_.Next(chunk);
  is_done_ = !has_chunk.ok() || !*has_chunk;
  if (!has_chunk.ok()) source_status_ = has_chunk.status();
  if (position_ != source_->position()) {
    position_ = source_->position();
    listener_.on_progress(position_, source_->total_size());
  }
  return !is_done_;
}

void LineReader::Keep(uint64_t section, SectionFacts facts) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (facts_.size() <= section) facts_.resize(section + 1);
  if (!facts.status.ok()) is_done_ = true;
  facts_[section] = std::move(facts);
}

void LineReader::TakeHeader(const DumpHeader& header) {
  header_ = header;
  listener_.on_header(header);
}

absl::StatusOr<DumpFacts> LineReader::Join() {
  JoinedFacts joined(name_);
  for (const SectionFacts& section : facts_) {
    if (absl::Status status = joined.Add(section); !status.ok()) return status;
  }
  if (!source_status_.ok()) return source_status_;
  if (absl::Status status = joined.Finish(); !status.ok()) return status;
  joined.facts.header = std::move(header_);
  joined.facts.has_header = start_.has_header;
  joined.facts.is_data_cut_off = source_->is_cut_off();
  return std::move(joined.facts);
}

}  // namespace

absl::StatusOr<DumpFacts> ReadDumpLines(absl::string_view name,
                                        ByteSource* source,
                                        const DumpListener& listener,
                                        absl::Span<RecordSink* const> sinks,
                                        size_t chunk_size) {
  return LineReader(name, source, listener, sinks, chunk_size).Read();
}

}  // namespace heapgrind

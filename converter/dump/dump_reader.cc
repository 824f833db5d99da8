#include "converter/dump/dump_reader.h"

#include <memory>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "converter/dump/dump_part.h"
#include "converter/files/chunk_reader.h"
#include "converter/files/record_beginning.h"

namespace heapgrind {
namespace {

// Joins what the parts of a dump say to the facts about the whole.
class JoinedFacts {
 public:
  // Messages call the dump `name`.
  explicit JoinedFacts(absl::string_view name) : name_(name) {}

  // Adds the next part, in the order of the dump.  InvalidArgument: it holds
  // the first wrong line of the dump, which the message names:
  // "NAME:LINE:COLUMN: expected X, got Y".
  absl::Status Add(const PartFacts& part);

  // The facts, when all parts are added.  InvalidArgument: there were no
  // objects.
  absl::Status Finish();

  // The header, and what only the source knows, is for the caller to add.
  DumpFacts facts;

 private:
  absl::Status AtLine(uint64_t line_of_part, const absl::Status& status) const;

  const std::string name_;
  ArrayWrapper array_;
};

absl::Status JoinedFacts::Add(const PartFacts& part) {
  // Each of these is about an earlier line than the next: reading a part stops
  // at its first wrong line.
  if (array_.is_closed() && part.first_line_with_text > 0) {
    return AtLine(part.first_line_with_text, TextAfterArray());
  }
  if (facts.has_end_record && part.line_of_end_record > 0) {
    return AtLine(part.line_of_end_record, SecondEndRecord());
  }
  if (!part.status.ok()) return AtLine(part.num_lines, part.status);
  if (part.line_of_end_record > 0) {
    facts.has_end_record = true;
    facts.end_num_objects = part.end_num_objects;
    facts.end_objects_size = part.end_objects_size;
    facts.num_left_out = part.num_left_out;
    facts.left_out_size = part.left_out_size;
  }
  if (!array_.is_closed()) array_ = part.array;
  facts.num_lines += part.num_lines;
  facts.num_roots += part.num_roots;
  facts.num_surplus_names += part.num_surplus_names;
  facts.num_objects += part.num_objects;
  facts.objects_size += part.objects_size;
  facts.is_last_line_cut_off |= part.is_last_line_cut_off;
  return absl::OkStatus();
}

absl::Status JoinedFacts::Finish() {
  facts.is_array_open = array_.is_open();
  if (facts.num_objects > 0) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(name_, ":", facts.num_lines,
                   ":1: expected at least one object record, got none"));
}

absl::Status JoinedFacts::AtLine(uint64_t line_of_part,
                                 const absl::Status& status) const {
  return absl::Status(status.code(),
                      absl::StrCat(name_, ":", facts.num_lines + line_of_part,
                                   ":", status.message()));
}

class DumpReader {
 public:
  DumpReader(absl::string_view name, ByteSource* source,
             const DumpListener& listener, absl::Span<RecordSink* const> sinks,
             size_t chunk_size)
      : name_(name),
        source_(source),
        listener_(listener),
        sinks_(sinks),
        chunks_(source, chunk_size) {}

  absl::StatusOr<DumpFacts> Read();

 private:
  void ReadBeginning(DumpPartReader* reader);
  void ReadParts(DumpPartReader* reader);
  void ReadInThreads(DumpPartReader* first_reader);
  bool NextChunk(TextChunk* chunk);
  void Keep(uint64_t part, PartFacts facts);
  void TakeHeader(const DumpHeader& header);
  absl::StatusOr<DumpFacts> Join();

  const absl::string_view name_;
  ByteSource* const source_;
  const DumpListener& listener_;
  const absl::Span<RecordSink* const> sinks_;
  DumpHeader header_;
  PartStart start_;  // Of each part behind the beginning.

  std::mutex mutex_;  // Guards what follows.
  ChunkReader chunks_;
  uint64_t position_ = 0;  // As last told.
  bool is_done_ = false;   // No thread needs to take another chunk.
  absl::Status source_status_;
  std::vector<PartFacts> facts_;  // By number of the part.
};

absl::StatusOr<DumpFacts> DumpReader::Read() {
  DumpPartReader reader(
      sinks_[0], [this](const DumpHeader& header) { TakeHeader(header); });
  ReadBeginning(&reader);
  ReadInThreads(&reader);
  return Join();
}

// The parts up to the first that has a record, which tells what the rest is.
void DumpReader::ReadBeginning(DumpPartReader* reader) {
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

void DumpReader::ReadInThreads(DumpPartReader* first_reader) {
  std::vector<std::unique_ptr<DumpPartReader>> readers;
  std::vector<std::thread> threads;
  for (RecordSink* const sink : sinks_.subspan(1)) {
    readers.push_back(
        std::make_unique<DumpPartReader>(sink, [](const DumpHeader&) {}));
    try {
      threads.emplace_back(&DumpReader::ReadParts, this, readers.back().get());
    } catch (const std::system_error&) {
      break;  // The machine gives no more threads: those there are will do.
    }
  }
  ReadParts(first_reader);
  for (std::thread& thread : threads) thread.join();
}

// What each thread does until the dump ends or has a wrong line.  Parts that
// come before that line are taken before it, so they are read to their end.
void DumpReader::ReadParts(DumpPartReader* reader) {
  TextChunk chunk;
  while (NextChunk(&chunk)) Keep(chunk.number, reader->Read(start_, chunk));
}

bool DumpReader::NextChunk(TextChunk* chunk) {
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

void DumpReader::Keep(uint64_t part, PartFacts facts) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (facts_.size() <= part) facts_.resize(part + 1);
  if (!facts.status.ok()) is_done_ = true;
  facts_[part] = std::move(facts);
}

void DumpReader::TakeHeader(const DumpHeader& header) {
  header_ = header;
  listener_.on_header(header);
}

absl::StatusOr<DumpFacts> DumpReader::Join() {
  JoinedFacts joined(name_);
  for (const PartFacts& part : facts_) {
    if (absl::Status status = joined.Add(part); !status.ok()) return status;
  }
  if (!source_status_.ok()) return source_status_;
  if (absl::Status status = joined.Finish(); !status.ok()) return status;
  joined.facts.header = std::move(header_);
  joined.facts.is_meliae = start_.is_meliae;
  joined.facts.is_gzip_cut_off = source_->is_cut_off();
  return std::move(joined.facts);
}

class VisitorSink : public RecordSink {
 public:
  explicit VisitorSink(const DumpVisitor& visitor) : visitor_(visitor) {}

  void StartPart(uint64_t) override {}
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
  return DumpReader(name, source, listener, sinks, chunk_size).Read();
}

absl::StatusOr<DumpFacts> ReadDump(absl::string_view name, ByteSource* source,
                                   const DumpVisitor& visitor) {
  VisitorSink sink(visitor);
  RecordSink* const sinks[] = {&sink};
  return ReadDump(name, source, {visitor.on_header, visitor.on_progress},
                  sinks);
}

}  // namespace heapgrind

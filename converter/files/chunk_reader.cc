#include "converter/files/chunk_reader.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace heapgrind {
namespace {

// Makes room for `capacity` bytes and keeps the first `size` of them.
void Reserve(size_t capacity, size_t size, TextChunk* chunk) {
  if (chunk->capacity >= capacity) return;
  std::unique_ptr<char[]> larger(new char[capacity]);
  if (size > 0) std::memcpy(larger.get(), chunk->buffer.get(), size);
  chunk->buffer = std::move(larger);
  chunk->capacity = capacity;
}

}  // namespace

ChunkReader::ChunkReader(ByteSource* source, size_t chunk_size,
                         LineLimits limits)
    : source_(source), chunk_size_(chunk_size), limits_(limits) {}

absl::StatusOr<bool> ChunkReader::Next(TextChunk* chunk) {
  size_t limit = std::max(chunk_size_, rest_size_);
  Reserve(limit, 0, chunk);
  StartWithRest(chunk);
  size_t searched = 0;  // There is no newline before this.
  for (;;) {
    const bool is_full = Fill(limit, chunk);
    const char* const begin = chunk->buffer.get();
    const void* const newline =
        memrchr(begin + searched, '\n', filled_ - searched);
    size_t line_end =
        newline == nullptr ? 0 : static_cast<const char*>(newline) + 1 - begin;
    if (!is_full && status_.ok()) line_end = filled_;
    if (line_end > 0) {
      KeepRest(chunk, line_end);
      chunk->text = absl::string_view(begin, line_end);
      chunk->number = num_chunks_++;
      return true;
    }
    if (!status_.ok()) return status_;
    if (!is_full) return false;
    if (IsNoRecord(absl::string_view(begin, filled_))) {
      is_at_end_ = true;
      continue;
    }
    searched = filled_;
    limit *= 2;
    Reserve(limit, filled_, chunk);
  }
}

// Whether `text`, the front of a line, is enough to see that the line is no
// record, or too long for one.
bool ChunkReader::IsNoRecord(absl::string_view text) const {
  const size_t most = num_chunks_ == 0 ? limits_.first : limits_.others;
  return text.size() >= most ||
         (text.size() >= kJudgedBytes && !MayBeRecord(text));
}

void ChunkReader::StartWithRest(TextChunk* chunk) {
  if (rest_size_ > 0) {
    std::memcpy(chunk->buffer.get(), rest_.get(), rest_size_);
  }
  filled_ = rest_size_;
  rest_size_ = 0;
}

// Reads until the chunk has `limit` bytes; returns false if the text or the
// source's luck ends before.
bool ChunkReader::Fill(size_t limit, TextChunk* chunk) {
  while (filled_ < limit && !is_at_end_ && status_.ok()) {
    absl::StatusOr<size_t> count =
        source_->Read(chunk->buffer.get() + filled_, limit - filled_);
    if (count.ok()) {
      filled_ += *count;
      is_at_end_ = *count == 0;
    } else {
      status_ = count.status();
    }
  }
  return !is_at_end_ && status_.ok();
}

void ChunkReader::KeepRest(TextChunk* chunk, size_t line_end) {
  rest_size_ = filled_ - line_end;
  if (rest_size_ == 0) return;
  if (rest_capacity_ < rest_size_) {
    rest_capacity_ = chunk->capacity;
    rest_.reset(new char[rest_capacity_]);
  }
  std::memcpy(rest_.get(), chunk->buffer.get() + line_end, rest_size_);
}

}  // namespace heapgrind

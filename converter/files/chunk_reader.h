// Cuts a text into chunks of whole lines, which threads can read independently.
//
// The text passes through buffers of the caller, filled with read(): as fast as
// a mapped file, works for pipes and decompressors, and leaves the file out of
// the program's memory.

#ifndef HEAPGRIND_CONVERTER_FILES_CHUNK_READER_H_
#define HEAPGRIND_CONVERTER_FILES_CHUNK_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "converter/files/byte_source.h"
#include "converter/files/record_beginning.h"

namespace heapgrind {

// Some lines, and the memory that they stand in.  A chunk can be filled again
// and again.
struct TextChunk {
  uint64_t number = 0;  // From 0, in the order of the text.
  // Whole lines, each with its newline; only the last line of the text may have
  // none.  Not empty.
  absl::string_view text;

  std::unique_ptr<char[]> buffer;  // Uninitialized beyond the text.
  size_t capacity = 0;             // Bytes.
};

class ChunkReader {
 public:
  // Reads from `source`, which must outlive the reader.  Chunks have up to
  // `chunk_size` bytes, at least 1, and more where one line has more.
  ChunkReader(ByteSource* source, size_t chunk_size, LineLimits limits = {});

  // Fills `chunk` with the next lines; false at the end of the text.  The text
  // ends, too, in a line of which so much is read that it can be no record
  // (record_beginning.h): the front of that line is handed out as the last.
  // Errors are those of the source; the whole lines before them come first.
  absl::StatusOr<bool> Next(TextChunk* chunk);

 private:
  void StartWithRest(TextChunk* chunk);
  bool Fill(size_t limit, TextChunk* chunk);
  bool IsNoRecord(absl::string_view text) const;
  void KeepRest(TextChunk* chunk, size_t line_end);

  ByteSource* const source_;
  const size_t chunk_size_;
  const LineLimits limits_;
  uint64_t num_chunks_ = 0;
  // The beginning of the next chunk: a line that the last one had no room for.
  std::unique_ptr<char[]> rest_;
  size_t rest_size_ = 0;
  size_t rest_capacity_ = 0;
  size_t filled_ = 0;  // Bytes in the chunk that is being filled.
  bool is_at_end_ = false;
  absl::Status status_;  // Of the source.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_FILES_CHUNK_READER_H_

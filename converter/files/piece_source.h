// Reads pieces of a large file of lines, spread over all of it.
//
//     |line line li|ne ... line line| ... |e line line line|
//      piece         skipped           piece: whole lines only
//
// A dump's beginning is not like the rest (it has the modules), so a sample
// takes a little everywhere.

#ifndef HEAPGRIND_CONVERTER_FILES_PIECE_SOURCE_H_
#define HEAPGRIND_CONVERTER_FILES_PIECE_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "converter/files/byte_source.h"

namespace heapgrind {

class PieceSource : public ByteSource {
 public:
  // Reads the first piece of `path`, a regular file, and `num_pieces` - 1
  // others at equal distances, of `piece_size` bytes each, which are cut to
  // whole lines.  A file that is no longer than the pieces together is read as
  // it is. Unavailable: the system cannot read it.
  static absl::StatusOr<std::unique_ptr<PieceSource>> Open(
      const std::string& path, uint64_t num_pieces, size_t piece_size);

  ~PieceSource() override;
  PieceSource(const PieceSource&) = delete;
  PieceSource& operator=(const PieceSource&) = delete;

  absl::StatusOr<size_t> Read(char* buffer, size_t capacity) override;

  // Bytes handed out, and those of the whole file.
  uint64_t position() const override { return bytes_handed_out_; }
  uint64_t total_size() const override { return file_size_; }

 private:
  PieceSource(int descriptor, uint64_t file_size, uint64_t num_pieces,
              size_t piece_size);
  bool NextPiece();

  const int descriptor_;
  const uint64_t file_size_;
  const bool is_whole_;  // One piece is all of the file.
  const uint64_t num_pieces_;
  const size_t piece_size_;
  uint64_t next_piece_ = 0;
  std::string piece_;
  absl::string_view rest_;  // Of the piece.
  uint64_t bytes_handed_out_ = 0;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_FILES_PIECE_SOURCE_H_

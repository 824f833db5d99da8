// Writes a file whole or not at all.
//
// The text goes to a file `.heapgrind-tmp-...` beside the output and takes its
// name at the end; until then an older output stays as it is.  The name does
// not begin with the output's because KCachegrind opens every file whose name
// does. What is no regular file (standard output, a device, a pipe) is written
// as the text comes.

#ifndef HEAPGRIND_CONVERTER_FILES_OUTPUT_FILE_H_
#define HEAPGRIND_CONVERTER_FILES_OUTPUT_FILE_H_

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace heapgrind {

class OutputFile {
 public:
  // Prepares to write `path`; "" and "-" are standard output.  A symbolic link
  // stays one: the file that it leads to is written.  The file is made of
  // `inputs`, paths too: it is none of them, and as private as the most private
  // of them from the start; it allows what `mode` does at most, before the
  // umask.
  //
  // Errors: those of output_place.h; InvalidArgument for a directory;
  // Unavailable when the system refuses.
  static absl::StatusOr<std::unique_ptr<OutputFile>> Create(
      absl::string_view path, absl::Span<const std::string> inputs = {},
      mode_t mode = 0666);

  // Without Commit, removes what was written.
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  // Append to the file, through a buffer.  After an error they do nothing.
  void Append(absl::string_view text) {
    if (text.size() > kBufferSize - buffer_.size()) MakeRoom();
    if (text.size() > kBufferSize) return Write(text);
    buffer_.append(text.data(), text.size());
  }
  void AppendNumber(uint64_t number);

  // Bytes appended so far.
  uint64_t bytes() const { return written_ + buffer_.size(); }

  // The first error of writing: Unavailable, "FILE: expected X, got Y"; or
  // Cancelled for a closed pipe, if the program ignores SIGPIPE.
  const absl::Status& status() const { return status_; }

  // Writes what is left and gives the file its name.  Returns the first error
  // of all; then there is no new file.  Call it once, at the end.
  absl::Status Commit();

 private:
  static constexpr size_t kBufferSize = 1 << 20;  // Bytes.

  explicit OutputFile(absl::string_view path);

  absl::Status Open(mode_t mode);
  absl::Status OpenStandardOutput();
  absl::Status OpenDevice();
  absl::Status OpenTemporary(mode_t mode);
  absl::Status Rename();
  void MakeRoom();
  void Write(absl::string_view text);
  void Close();

  const std::string name_;      // For messages.
  std::string path_;            // Empty for standard output.
  std::string temporary_path_;  // Empty if there is none.
  int descriptor_ = -1;
  std::string buffer_;
  uint64_t written_ = 0;  // Bytes.
  absl::Status status_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_FILES_OUTPUT_FILE_H_

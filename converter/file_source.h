// Reads a file, or standard input, without holding it in memory.

#ifndef HEAPGRIND_CONVERTER_FILE_SOURCE_H_
#define HEAPGRIND_CONVERTER_FILE_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "converter/byte_source.h"

namespace heapgrind {

class FileSource : public ByteSource {
 public:
  // Opens `path`; "-" is standard input.
  //
  // Errors: NotFound when nothing is there, InvalidArgument for a directory,
  // Unavailable when the system refuses.
  static absl::StatusOr<std::unique_ptr<FileSource>> Open(
      absl::string_view path);

  ~FileSource() override;
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  // Hands everything that is read from now on to `copy`, too, whose error is
  // one of reading.
  using Copy = std::function<absl::Status(absl::string_view bytes)>;
  void CopyTo(Copy copy) { copy_ = std::move(copy); }

  // The first `size` bytes that are not read yet, fewer at the end of the file.
  // They stay unread.  The view is valid until the next call.
  absl::StatusOr<absl::string_view> Peek(size_t size);

  // Error: Unavailable when the system cannot read the file.
  absl::StatusOr<size_t> Read(char* buffer, size_t capacity) override;

  uint64_t position() const override { return position_; }
  uint64_t total_size() const override { return total_size_; }

 private:
  FileSource(absl::string_view name, int descriptor)
      : name_(name), descriptor_(descriptor) {}

  absl::Status Examine();
  absl::StatusOr<size_t> ReadDescriptor(char* buffer, size_t capacity);

  const std::string name_;
  const int descriptor_;
  uint64_t position_ = 0;
  uint64_t total_size_ = 0;
  std::string peeked_;
  Copy copy_;
};

// What messages call the file at `path`: the path itself, or "<stdin>".
absl::string_view NameOfInput(absl::string_view path);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_FILE_SOURCE_H_

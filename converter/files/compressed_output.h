// Writes a dump: plain, or compressed as the name of its file says.

#ifndef HEAPGRIND_CONVERTER_FILES_COMPRESSED_OUTPUT_H_
#define HEAPGRIND_CONVERTER_FILES_COMPRESSED_OUTPUT_H_

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace heapgrind {

class DumpOutput {
 public:
  // Prepares to write `path`, made of `inputs`, as OutputFile does: with gzip
  // if it ends in .gz, with zstd if it ends in .zst.  A new file allows what
  // `mode` does at most.  Errors are those of OutputFile::Create, and
  // ResourceExhausted if there is no memory for the compressor.
  static absl::StatusOr<std::unique_ptr<DumpOutput>> Create(
      absl::string_view path, absl::Span<const std::string> inputs,
      mode_t mode = 0666);

  virtual ~DumpOutput() = default;

  // Appends to the file.  After an error it does nothing.
  virtual void Append(absl::string_view text) = 0;

  // Bytes that the file may have if nothing more is appended.
  virtual uint64_t most_bytes() const = 0;

  // The first error so far, as OutputFile has it.
  virtual absl::Status status() const = 0;

  // Writes what is left and gives the file its name.  Returns the first error
  // of all; then there is no new file.  Call it once, at the end.
  virtual absl::Status Commit() = 0;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_FILES_COMPRESSED_OUTPUT_H_

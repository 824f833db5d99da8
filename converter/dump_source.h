// Opens a dump, compressed or not.

#ifndef HEAPGRIND_CONVERTER_DUMP_SOURCE_H_
#define HEAPGRIND_CONVERTER_DUMP_SOURCE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "converter/byte_source.h"
#include "converter/file_source.h"

namespace heapgrind {

// Opens the dump at `path`, "-" for standard input, and returns its text: if
// its first bytes say that it is gzip or zstd data it is decompressed, whatever
// its name.
//
// The file's own bytes go to `copy`, too, as they are read, if there is one.
//
// Errors: those of `copy`; NotFound when nothing is there; InvalidArgument for
// a directory or an empty file; Unavailable when the system cannot read it.
absl::StatusOr<std::unique_ptr<ByteSource>> OpenDumpSource(
    absl::string_view path, FileSource::Copy copy = nullptr);

// Whether the file at `path` is gzip or zstd data, by its first bytes.  Errors
// as above, but for an empty file, which is not compressed.
absl::StatusOr<bool> IsCompressed(absl::string_view path);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_SOURCE_H_

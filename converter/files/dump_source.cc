#include "converter/files/dump_source.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "converter/files/decompressing_source.h"
#include "converter/files/gzip_codec.h"
#include "converter/files/zstd_codec.h"

namespace heapgrind {
namespace {

// What decompresses a file that begins with `first_bytes`; null if nothing
// need.
std::unique_ptr<Codec> CodecOf(absl::string_view first_bytes) {
  if (IsGzip(first_bytes)) return MakeGzipCodec();
  if (IsZstd(first_bytes)) return MakeZstdCodec();
  return nullptr;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ByteSource>> OpenDumpSource(
    absl::string_view path, FileSource::Copy copy) {
  absl::StatusOr<std::unique_ptr<FileSource>> file = FileSource::Open(path);
  if (!file.ok()) return file.status();
  (*file)->CopyTo(std::move(copy));
  absl::StatusOr<absl::string_view> first_bytes = (*file)->Peek(4);
  if (!first_bytes.ok()) return first_bytes.status();
  const absl::string_view name = NameOfInput(path);
  if (first_bytes->empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(name, ": expected a heap dump, got an empty file"));
  }
  std::unique_ptr<Codec> codec = CodecOf(*first_bytes);
  if (codec == nullptr) return *std::move(file);
  return std::make_unique<DecompressingSource>(name, *std::move(file),
                                               std::move(codec));
}

absl::StatusOr<bool> IsCompressed(absl::string_view path) {
  absl::StatusOr<std::unique_ptr<FileSource>> file = FileSource::Open(path);
  if (!file.ok()) return file.status();
  const absl::StatusOr<absl::string_view> first_bytes = (*file)->Peek(4);
  if (!first_bytes.ok()) return first_bytes.status();
  return CodecOf(*first_bytes) != nullptr;
}

}  // namespace heapgrind

#include "converter/files/dump_source.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "converter/files/gzip_source.h"
#include "converter/files/zstd_source.h"

namespace heapgrind {

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
  if (GzipSource::IsGzip(*first_bytes)) {
    return std::make_unique<GzipSource>(name, *std::move(file));
  }
  if (ZstdSource::IsZstd(*first_bytes)) {
    return std::make_unique<ZstdSource>(name, *std::move(file));
  }
  return *std::move(file);
}

absl::StatusOr<bool> IsCompressed(absl::string_view path) {
  absl::StatusOr<std::unique_ptr<FileSource>> file = FileSource::Open(path);
  if (!file.ok()) return file.status();
  const absl::StatusOr<absl::string_view> first_bytes = (*file)->Peek(4);
  if (!first_bytes.ok()) return first_bytes.status();
  return GzipSource::IsGzip(*first_bytes) || ZstdSource::IsZstd(*first_bytes);
}

}  // namespace heapgrind

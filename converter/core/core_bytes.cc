#include "converter/core/core_bytes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "absl/strings/str_cat.h"
#include "converter/files/dump_source.h"
#include "converter/files/file_source.h"
#include "converter/outside/memory_map.h"
#include "converter/outside/refusal.h"

namespace heapgrind {
namespace {

constexpr size_t kPiece = 1 << 20;  // Bytes, whole pages.

std::string TemporaryFolder() {
  const char* const folder = std::getenv("TMPDIR");
  return folder == nullptr || *folder == '\0' ? "/var/tmp" : folder;
}

absl::Status NoRoom(const std::string& folder) {
  return Refusal(absl::StrCat("expected room in ", folder,
                              " for the core as it is when decompressed, got "
                              "\"",
                              std::strerror(errno), "\""),
                 "TMPDIR=FOLDER names another place");
}

// A file without a name, of which only what is not zero takes room.
class SparseFile {
 public:
  explicit SparseFile(std::string folder) : folder_(std::move(folder)) {}

  absl::Status Open() {
    file_ =
        Descriptor(open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    return file_.is_open() ? absl::OkStatus() : NoRoom(folder_);
  }

  // `bytes` begin at a page.
  absl::Status Append(const char* bytes, size_t size) {
    for (size_t at = 0; at < size; at += kPage) {
      const size_t part = std::min(kPage, size - at);
      if (IsZero(bytes + at, part)) continue;
      if (pwrite(file_.get(), bytes + at, part,
                 static_cast<off_t>(size_ + at)) !=
          static_cast<ssize_t>(part)) {
        return NoRoom(folder_);
      }
    }
    size_ += size;
    return absl::OkStatus();
  }

  absl::StatusOr<CoreBytes> Finish() {
    if (ftruncate(file_.get(), static_cast<off_t>(size_)) != 0) {
      return NoRoom(folder_);
    }
    return CoreBytes(std::move(file_), size_,
                     static_cast<uint64_t>(time(nullptr)));
  }

 private:
  const std::string folder_;
  Descriptor file_;
  uint64_t size_ = 0;
};

// Reads on until the buffer is full or the source ends.
absl::StatusOr<size_t> ReadPiece(ByteSource* source, char* buffer) {
  size_t size = 0;
  while (size < kPiece) {
    const absl::StatusOr<size_t> count =
        source->Read(buffer + size, kPiece - size);
    if (!count.ok()) return count;
    if (*count == 0) break;
    size += *count;
  }
  return size;
}

absl::StatusOr<CoreBytes> Unpack(ByteSource* source, Progress* progress) {
  SparseFile file(TemporaryFolder());
  absl::Status status = file.Open();
  const std::unique_ptr<char[]> piece(new char[kPiece]);
  size_t size = kPiece;
  while (status.ok() && size == kPiece) {
    const absl::StatusOr<size_t> count = ReadPiece(source, piece.get());
    if (!count.ok()) return count.status();
    size = *count;
    status = file.Append(piece.get(), size);
    progress->Update(source->position(), source->total_size());
  }
  if (!status.ok()) return status;
  return file.Finish();
}

Descriptor OpenInput(const std::string& path) {
  return Descriptor(
      path == "-" ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                  : open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
}

// Not open if `path` is no regular file.
CoreBytes OpenRegular(const std::string& path) {
  Descriptor file = OpenInput(path);
  struct stat status;
  if (fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return {Descriptor(), 0, 0};
  }
  return {std::move(file), static_cast<uint64_t>(status.st_size),
          static_cast<uint64_t>(status.st_mtime)};
}

bool IsElf(const CoreBytes& bytes) {
  char magic[4];
  return bytes.Read(0, magic, sizeof magic) &&
         std::memcmp(magic, "\177ELF", sizeof magic) == 0;
}

}  // namespace

bool IsZero(const char* bytes, size_t size) {
  return bytes[0] == 0 && std::memcmp(bytes, bytes + 1, size - 1) == 0;
}

bool CoreBytes::Read(uint64_t offset, void* to, size_t size) const {
  if (offset > size_ || size > size_ - offset) return false;
  char* next = static_cast<char*>(to);
  while (size > 0) {
    const ssize_t count =
        pread(descriptor_.get(), next, size, static_cast<off_t>(offset));
    if (count <= 0) return false;
    next += count;
    offset += static_cast<uint64_t>(count);
    size -= static_cast<size_t>(count);
  }
  return true;
}

absl::StatusOr<CoreBytes> OpenCore(const std::string& path,
                                   Progress* progress) {
  if (path != "-" && access(path.c_str(), R_OK) != 0) {
    return Refusal(absl::StrCat(path, ": expected a core file, got \"",
                                std::strerror(errno), "\""));
  }
  CoreBytes bytes = OpenRegular(path);
  if (IsElf(bytes)) return bytes;
  const absl::StatusOr<std::unique_ptr<ByteSource>> source =
      OpenDumpSource(path);
  if (!source.ok()) return source.status();
  progress->StartStage(absl::StrCat("reading ", NameOfInput(path)));
  return Unpack(source->get(), progress);
}

}  // namespace heapgrind

#include "converter/files/file_source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "converter/base/tilde_hint.h"

namespace heapgrind {
namespace {

// The message for a file that the system does not let us open or read.
absl::Status SystemError(absl::string_view name, int error) {
  const std::string expected =
      absl::StrCat(name, ": expected a heap dump, got ");
  switch (error) {
    case ENOENT:
      return absl::NotFoundError(
          absl::StrCat(expected, "no such file", HintAboutTilde(name)));
    case EISDIR:
      return absl::InvalidArgumentError(absl::StrCat(expected, "a directory"));
    default:
      return absl::UnavailableError(
          absl::StrCat(expected, "\"", strerror(error), "\""));
  }
}

}  // namespace

absl::string_view NameOfInput(absl::string_view path) {
  return path == "-" ? "<stdin>" : path;
}

absl::StatusOr<std::unique_ptr<FileSource>> FileSource::Open(
    absl::string_view path) {
  const absl::string_view name = NameOfInput(path);
  const int descriptor =
      path == "-" ? dup(STDIN_FILENO)
                  : open(std::string(path).c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return SystemError(name, errno);
  std::unique_ptr<FileSource> source(new FileSource(name, descriptor));
  if (absl::Status status = source->Examine(); !status.ok()) return status;
  return source;
}

FileSource::~FileSource() { close(descriptor_); }

// Refuses a directory now, before anybody waits for its first byte, and learns
// how much there is to read: standard input may be a file already read in part.
absl::Status FileSource::Examine() {
  struct stat status;
  if (fstat(descriptor_, &status) != 0) return SystemError(name_, errno);
  if (S_ISDIR(status.st_mode)) return SystemError(name_, EISDIR);
  if (!S_ISREG(status.st_mode)) return absl::OkStatus();
  const off_t start = lseek(descriptor_, 0, SEEK_CUR);
  if (start >= 0 && start < status.st_size) {
    total_size_ = static_cast<uint64_t>(status.st_size - start);
  }
  return absl::OkStatus();
}

absl::StatusOr<absl::string_view> FileSource::Peek(size_t size) {
  size_t filled = peeked_.size();
  peeked_.resize(std::max(size, filled));
  while (filled < size) {
    absl::StatusOr<size_t> count =
        ReadDescriptor(&peeked_[filled], size - filled);
    if (!count.ok()) return count.status();
    if (*count == 0) break;
    filled += *count;
  }
  peeked_.resize(filled);
  return absl::string_view(peeked_).substr(0, size);
}

absl::StatusOr<size_t> FileSource::Read(char* buffer, size_t capacity) {
  size_t count = 0;
  if (!peeked_.empty()) {
    count = std::min(capacity, peeked_.size());
    std::memcpy(buffer, peeked_.data(), count);
    peeked_.erase(0, count);
  } else {
    absl::StatusOr<size_t> read = ReadDescriptor(buffer, capacity);
    if (!read.ok()) return read.status();
    count = *read;
  }
  position_ += count;
  return count;
}

absl::StatusOr<size_t> FileSource::ReadDescriptor(char* buffer,
                                                  size_t capacity) {
  ssize_t count;
  do {
    count = read(descriptor_, buffer, capacity);
  } while (count < 0 && errno == EINTR);
  if (count < 0) return SystemError(name_, errno);
  const size_t size = static_cast<size_t>(count);
  if (copy_) {
    const absl::Status status = copy_(absl::string_view(buffer, size));
    if (!status.ok()) return status;
  }
  return size;
}

}  // namespace heapgrind

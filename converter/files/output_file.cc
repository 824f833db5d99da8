#include "converter/files/output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "converter/base/tilde_hint.h"
#include "converter/files/output_place.h"

namespace heapgrind {
namespace {

// The message for a file that the system does not let us write.
absl::Status SystemError(absl::string_view name, int error) {
  if (error == EISDIR) {
    return absl::InvalidArgumentError(
        absl::StrCat(name, ": expected a file to write, got a directory"));
  }
  if (error == EPIPE) {
    return absl::CancelledError(
        absl::StrCat(name, ": expected a reader, got a closed pipe"));
  }
  const bool is_full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  return absl::UnavailableError(absl::StrCat(
      name, ": expected ", is_full ? "space for the output" : "a file to write",
      ", got \"", strerror(error), "\"",
      error == ENOENT ? HintAboutTilde(name) : ""));
}

// The file that `path` leads to, through symbolic links.
std::string Resolve(const std::string& path) {
  char* const resolved = realpath(path.c_str(), nullptr);
  if (resolved == nullptr) return path;
  std::string result(resolved);
  free(resolved);
  return result;
}

// A name for a temporary file beside `path` that nobody can foresee.
std::string TemporaryPath(const std::string& path) {
  const size_t slash = path.rfind('/');
  uint64_t number = 0;
  if (getrandom(&number, sizeof number, GRND_NONBLOCK) != sizeof number) {
    number ^= static_cast<uint64_t>(getpid());
  }
  return absl::StrCat(slash == path.npos ? "" : path.substr(0, slash + 1),
                      ".heapgrind-tmp-", absl::Hex(number, absl::kZeroPad16));
}

}  // namespace

OutputFile::OutputFile(absl::string_view path)
    : name_(path.empty() || path == "-" ? "<stdout>" : path),
      path_(path == "-" ? "" : path) {
  buffer_.reserve(kBufferSize);
}

absl::StatusOr<std::unique_ptr<OutputFile>> OutputFile::Create(
    absl::string_view path, absl::Span<const std::string> inputs, mode_t mode) {
  if (absl::Status status = CheckNoInput(path, inputs); !status.ok()) {
    return status;
  }
  std::unique_ptr<OutputFile> file(new OutputFile(path));
  absl::Status status = file->Open(mode & ModeOfOutput(inputs));
  if (!status.ok()) return status;
  return file;
}

absl::Status OutputFile::Open(mode_t mode) {
  if (path_.empty()) return OpenStandardOutput();
  if (absl::Status status = CheckNobodyElses(path_); !status.ok()) {
    return status;
  }
  struct stat status;
  if (stat(path_.c_str(), &status) != 0) {
    return errno == ENOENT ? OpenTemporary(mode) : SystemError(name_, errno);
  }
  if (S_ISDIR(status.st_mode)) return SystemError(name_, EISDIR);
  if (!S_ISREG(status.st_mode)) return OpenDevice();
  path_ = Resolve(path_);
  // The directory decides who may replace a file, but a file that is protected
  // against writing is so on purpose.
  if (access(path_.c_str(), W_OK) != 0) return SystemError(name_, errno);
  return OpenTemporary(mode);
}

absl::Status OutputFile::OpenStandardOutput() {
  descriptor_ = dup(STDOUT_FILENO);
  return descriptor_ < 0 ? SystemError(name_, errno) : absl::OkStatus();
}

absl::Status OutputFile::OpenDevice() {
  descriptor_ = open(path_.c_str(), O_WRONLY | O_CLOEXEC);
  return descriptor_ < 0 ? SystemError(name_, errno) : absl::OkStatus();
}

absl::Status OutputFile::OpenTemporary(mode_t mode) {
  constexpr int kMaxAttempts = 1000;
  constexpr int kNew = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  for (int attempt = 0; attempt < kMaxAttempts; ++attempt) {
    const std::string path = TemporaryPath(path_);
    descriptor_ = open(path.c_str(), kNew, mode);
    if (descriptor_ >= 0) {
      temporary_path_ = path;
      return absl::OkStatus();
    }
    if (errno != EEXIST) break;
  }
  return SystemError(name_, errno);
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) close(descriptor_);
  if (!temporary_path_.empty()) unlink(temporary_path_.c_str());
}

void OutputFile::AppendNumber(uint64_t number) {
  char digits[20];
  const char* const end =
      std::to_chars(digits, digits + sizeof digits, number).ptr;
  Append(absl::string_view(digits, end - digits));
}

absl::Status OutputFile::Commit() {
  MakeRoom();
  Close();
  if (!temporary_path_.empty() && status_.ok()) status_ = Rename();
  return status_;
}

absl::Status OutputFile::Rename() {
  if (rename(temporary_path_.c_str(), path_.c_str()) != 0) {
    return SystemError(name_, errno);
  }
  temporary_path_.clear();
  return absl::OkStatus();
}

void OutputFile::MakeRoom() {
  Write(buffer_);
  buffer_.clear();
}

void OutputFile::Write(absl::string_view text) {
  while (!text.empty() && status_.ok()) {
    const ssize_t count = write(descriptor_, text.data(), text.size());
    if (count >= 0) {
      written_ += static_cast<uint64_t>(count);
      text.remove_prefix(count);
    } else if (errno != EINTR) {
      status_ = SystemError(name_, errno);
    }
  }
}

// Some file systems tell only now that there was no space.
void OutputFile::Close() {
  if (close(descriptor_) != 0 && status_.ok()) {
    status_ = SystemError(name_, errno);
  }
  descriptor_ = -1;
}

}  // namespace heapgrind

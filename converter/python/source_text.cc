#include "converter/python/source_text.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "absl/strings/match.h"

namespace heapgrind {
namespace {

// A file that may have grown since it was measured: no more than `size` bytes.
std::string ReadAll(int descriptor, size_t size) {
  std::string text(size, '\0');
  size_t filled = 0;
  while (filled < size) {
    const ssize_t count = read(descriptor, &text[filled], size - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    filled += static_cast<size_t>(count);
  }
  text.resize(filled);
  return text;
}

bool IsSource(const struct stat& status) {
  return S_ISREG(status.st_mode) &&
         status.st_size <= static_cast<off_t>(kMaxSourceBytes);
}

}  // namespace

std::optional<std::string> ReadSourceText(const std::string& path) {
  if (!absl::EndsWith(path, ".py") && !absl::EndsWith(path, ".pyx")) {
    return std::nullopt;
  }
  struct stat status;
  // Opening alone does something to some devices.
  if (stat(path.c_str(), &status) != 0 || !IsSource(status)) {
    return std::nullopt;
  }
  const int descriptor =
      open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (descriptor < 0) return std::nullopt;
  std::optional<std::string> text;
  if (fstat(descriptor, &status) == 0 && IsSource(status)) {
    text = ReadAll(descriptor, static_cast<size_t>(status.st_size));
  }
  close(descriptor);
  return text;
}

}  // namespace heapgrind

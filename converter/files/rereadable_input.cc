#include "converter/files/rereadable_input.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <cstdlib>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "converter/files/dump_source.h"

namespace heapgrind {
namespace {

absl::Status SystemError(absl::string_view path, int error) {
  return absl::UnavailableError(absl::StrCat(
      path, ": expected room for a copy of <stdin>, got \"", strerror(error),
      "\"\nhint: set TMPDIR to a folder on a "
      "larger disk, or name the dump"));
}

// A new file without a name.
absl::StatusOr<int> OpenTemporary() {
  const char* const folder = std::getenv("TMPDIR");
  std::string path =
      absl::StrCat(folder == nullptr || *folder == '\0' ? "/tmp" : folder,
                   "/heapgrind-XXXXXX");
  const int descriptor = mkstemp(&path[0]);
  if (descriptor < 0) return SystemError(path, errno);
  unlink(path.c_str());
  return descriptor;
}

absl::Status WriteAll(int descriptor, absl::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(descriptor, text.data(), text.size());
    if (count >= 0) {
      text.remove_prefix(static_cast<size_t>(count));
    } else if (errno != EINTR) {
      return SystemError("<temporary file>", errno);
    }
  }
  return absl::OkStatus();
}

}  // namespace

RereadableInput::~RereadableInput() {
  if (descriptor_ >= 0) close(descriptor_);
}

absl::StatusOr<std::unique_ptr<ByteSource>> RereadableInput::Open() {
  if (path_ != "-") return OpenDumpSource(path_);
  const absl::StatusOr<int> descriptor = OpenTemporary();
  if (!descriptor.ok()) return descriptor.status();
  descriptor_ = *descriptor;
  path_ = absl::StrCat("/proc/self/fd/", descriptor_);
  return OpenDumpSource("-", [this](absl::string_view bytes) {
    return WriteAll(descriptor_, bytes);
  });
}

}  // namespace heapgrind

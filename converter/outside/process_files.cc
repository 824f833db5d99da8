#include "converter/outside/process_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "converter/outside/refusal.h"

namespace heapgrind {

absl::StatusOr<ProcessFiles> ProcessFiles::Open(pid_t pid) {
  Descriptor folder(open(absl::StrCat("/proc/", pid).c_str(),
                         O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  ProcessFiles files(pid, std::move(folder));
  // /proc has folders for threads, too, though it does not list them.
  const std::string thread = absl::StrCat("task/", pid, "/status");
  if (!files.folder_.is_open() || files.Read(thread).empty()) {
    return Refusal("expected a process of this number, found none");
  }
  return files;
}

Descriptor ProcessFiles::OpenFile(const std::string& name, int flags) const {
  return Descriptor(openat(folder_.get(), name.c_str(), flags | O_CLOEXEC));
}

std::string ProcessFiles::Read(const std::string& name) const {
  constexpr size_t kPiece = 1 << 16;  // Bytes.
  const Descriptor file = OpenFile(name, O_RDONLY);
  std::string text;
  for (;;) {
    const size_t size = text.size();
    text.resize(size + kPiece);
    const ssize_t count = read(file.get(), &text[size], kPiece);
    text.resize(size + std::max<ssize_t>(count, 0));
    if (count <= 0 && errno != EINTR) return text;
    if (count == 0) return text;
  }
}

std::string ProcessFiles::ReadLink(const std::string& name) const {
  char path[PATH_MAX];
  const ssize_t size =
      readlinkat(folder_.get(), name.c_str(), path, sizeof path);
  return std::string(path, std::max<ssize_t>(size, 0));
}

std::vector<int> ProcessFiles::Numbers(const std::string& name) const {
  const int descriptor =
      openat(folder_.get(), name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* const folder = descriptor < 0 ? nullptr : fdopendir(descriptor);
  std::vector<int> numbers;
  if (folder == nullptr) return numbers;
  while (const dirent* entry = readdir(folder)) {
    int number;
    if (absl::SimpleAtoi(entry->d_name, &number)) numbers.push_back(number);
  }
  closedir(folder);
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

}  // namespace heapgrind

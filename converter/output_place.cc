#include "converter/output_place.h"

#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace heapgrind {
namespace {

constexpr int kMaxLinks = 40;  // As many as Linux follows.

bool StatRegular(absl::string_view path, int standard, struct stat* status) {
  const bool is_standard = path.empty() || path == "-";
  const int result = is_standard ? fstat(standard, status)
                                 : stat(std::string(path).c_str(), status);
  return result == 0 && S_ISREG(status->st_mode);
}

// Whether what `status` describes was put into `folder` by somebody else.
bool IsPlanted(const std::string& folder, const struct stat& status) {
  struct stat parent;
  if (lstat(folder.c_str(), &parent) != 0) return false;
  const bool is_public =
      (parent.st_mode & S_ISVTX) != 0 && (parent.st_mode & S_IWOTH) != 0;
  return is_public && status.st_uid != geteuid() &&
         status.st_uid != parent.st_uid;
}

std::string ReadLink(const std::string& path) {
  char target[PATH_MAX];
  const ssize_t size = readlink(path.c_str(), target, sizeof target);
  return std::string(target, size < 0 ? 0 : static_cast<size_t>(size));
}

// The parts of `path`, the last one first, in front of those in `rest`.
void PushParts(absl::string_view path, std::vector<std::string>* rest) {
  const std::vector<std::string> parts =
      absl::StrSplit(path, '/', absl::SkipEmpty());
  rest->insert(rest->end(), parts.rbegin(), parts.rend());
}

absl::Status Refused(const std::string& path, absl::string_view what) {
  return absl::PermissionDeniedError(absl::StrCat(
      path, ": expected a place of one's own to write to, got ", what,
      " that another user has put into a folder for everybody"));
}

}  // namespace

absl::Status CheckNoInput(absl::string_view path,
                          absl::Span<const std::string> inputs) {
  struct stat output, input;
  if (!StatRegular(path, STDOUT_FILENO, &output)) return absl::OkStatus();
  for (const std::string& name : inputs) {
    if (!StatRegular(name, STDIN_FILENO, &input)) continue;
    if (input.st_dev != output.st_dev || input.st_ino != output.st_ino) {
      continue;
    }
    return absl::FailedPreconditionError(
        absl::StrCat("expected an output that is no input, got the dump ",
                     name == "-" ? "<stdin>" : name, " as ",
                     path.empty() || path == "-" ? "<stdout>" : path));
  }
  return absl::OkStatus();
}

absl::Status CheckNoTerminal(absl::string_view path, absl::string_view what,
                             absl::string_view example) {
  if (!path.empty() || !isatty(STDOUT_FILENO)) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "expected a file for the ", what, ", got a terminal\nhint: add > ",
      example, " or, to see it here, -o -"));
}

absl::Status CheckNobodyElses(const std::string& path) {
  std::string folder = path[0] == '/' ? "/" : ".";
  std::vector<std::string> rest;  // The next part is the last.
  PushParts(path, &rest);
  for (int num_links = 0; !rest.empty();) {
    const std::string part = absl::StrCat(folder, "/", rest.back());
    rest.pop_back();
    struct stat status;
    if (lstat(part.c_str(), &status) != 0) return absl::OkStatus();
    const bool is_link = S_ISLNK(status.st_mode);
    const bool is_plain = S_ISREG(status.st_mode) || S_ISDIR(status.st_mode);
    if (!is_plain && IsPlanted(folder, status)) {
      return Refused(path, is_link ? "a link" : "a device or pipe");
    }
    if (!is_link) {
      folder = part;
      continue;
    }
    if (++num_links > kMaxLinks) return absl::OkStatus();  // open() refuses.
    const std::string target = ReadLink(part);
    if (!target.empty() && target[0] == '/') folder = "/";
    PushParts(target, &rest);
  }
  return absl::OkStatus();
}

mode_t ModeOfOutput(absl::Span<const std::string> inputs) {
  mode_t mode = 0666;
  for (const std::string& name : inputs) {
    struct stat status;
    if (!StatRegular(name, STDIN_FILENO, &status)) continue;
    mode &= status.st_mode | S_IRUSR | S_IWUSR;
  }
  return mode;
}

}  // namespace heapgrind

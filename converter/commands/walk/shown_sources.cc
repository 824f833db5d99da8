#include "converter/commands/walk/shown_sources.h"

#include <cstdlib>
#include <optional>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "converter/python/source_text.h"

namespace heapgrind {
namespace {

// Without links and `..`; "" if nothing is there.
std::string Resolve(const std::string& path) {
  char* const resolved = realpath(path.c_str(), nullptr);
  if (resolved == nullptr) return "";
  const std::string result(resolved);
  free(resolved);
  return result;
}

std::string FolderOf(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}

std::string Environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// What of `path`, both resolved, is below `folder`; none if it is elsewhere.
std::optional<absl::string_view> Below(absl::string_view path,
                                       absl::string_view folder) {
  if (folder.empty() || !absl::ConsumePrefix(&path, folder)) return {};
  if (folder != "/" && !absl::ConsumePrefix(&path, "/")) return {};
  return path;
}

// Whether it begins with lib/python3/ or lib64/python3.11/.
bool IsInLibrary(absl::string_view path) {
  if (!absl::ConsumePrefix(&path, "lib64/") &&
      !absl::ConsumePrefix(&path, "lib/")) {
    return false;
  }
  if (!absl::ConsumePrefix(&path, "python")) return false;
  const absl::string_view version = path.substr(0, path.find('/'));
  return version.size() < path.size() && !version.empty() &&
         absl::ascii_isdigit(static_cast<unsigned char>(version[0]));
}

// Where Python is installed, or may be.
std::vector<std::string> InstallationFolders() {
  std::vector<std::string> folders = {"/usr", "/usr/local",
                                      Environment("VIRTUAL_ENV")};
  const std::string path = Environment("PATH");
  for (const absl::string_view folder : absl::StrSplit(path, ':')) {
    if (absl::StartsWith(folder, "/")) {
      folders.push_back(FolderOf(Resolve(std::string(folder))));
    }
  }
  return folders;
}

bool IsOfPyenv(absl::string_view path) {
  std::string root = Environment("PYENV_ROOT");
  if (root.empty()) root = Environment("HOME") + "/.pyenv";
  const std::optional<absl::string_view> version =
      Below(path, Resolve(root + "/versions"));
  if (!version.has_value()) return false;
  const size_t slash = version->find('/');
  return slash != version->npos && IsInLibrary(version->substr(slash + 1));
}

bool IsPythons(absl::string_view path) {
  for (const std::string& folder : InstallationFolders()) {
    const std::optional<absl::string_view> rest = Below(path, Resolve(folder));
    if (rest.has_value() && IsInLibrary(*rest)) return true;
  }
  return IsOfPyenv(path);
}

bool MayShow(absl::string_view path, const SourcePrefixes& prefixes) {
  const std::string current = Resolve(".");
  if (current != "/" && Below(path, current).has_value()) return true;
  for (const auto& [old_prefix, new_prefix] : prefixes) {
    if (Below(path, Resolve(new_prefix)).has_value()) return true;
  }
  return IsPythons(path);
}

}  // namespace

absl::StatusOr<std::string> ReadShownSource(const std::string& path,
                                            const SourcePrefixes& prefixes) {
  const std::string resolved = Resolve(path);
  if (!resolved.empty() && !MayShow(resolved, prefixes)) {
    const std::string folder = FolderOf(path) + "/";
    return absl::PermissionDeniedError(absl::StrCat(
        "expected a source file below the current folder, Python's own or a "
        "--source-prefix, got ",
        path, "\nhint: --source-prefix=", folder, "=", FolderOf(resolved),
        "/ shows it"));
  }
  std::optional<std::string> text = ReadSourceText(resolved);
  if (text.has_value()) return *std::move(text);
  return absl::NotFoundError(
      absl::StrCat("expected a Python source, got none at ", path));
}

}  // namespace heapgrind

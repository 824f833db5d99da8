#include "converter/python/library_files.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "converter/base/abseil_view.h"

namespace heapgrind {
namespace {

// "3.11", or "311" where there is no dot; behind it anything, as in "3.13t".
bool IsVersion(absl::string_view text, bool has_dot) {
  if (text.size() < 2 || !absl::ascii_isdigit(text[0])) return false;
  if (has_dot && text[1] != '.') return false;
  return text.size() > 2 ? absl::ascii_isdigit(text[2]) : !has_dot;
}

// Whether one folder of a path makes all below it a library.
bool IsLibraryFolder(absl::string_view above, absl::string_view folder) {
  if (folder == "site-packages" || folder == "dist-packages") return true;
  if (!absl::ConsumePrefix(&folder, "python")) return false;
  if (absl::EndsWith(folder, ".zip")) return IsVersion(folder, false);
  return (above == "lib" || above == "lib64") && IsVersion(folder, true);
}

}  // namespace

bool IsLibraryFile(std::string_view path) {
  if (absl::StartsWith(View(path), "<frozen ")) return true;
  absl::string_view above;
  for (const absl::string_view folder : absl::StrSplit(View(path), '/')) {
    if (IsLibraryFolder(above, folder)) return true;
    above = folder;
  }
  return false;
}

}  // namespace heapgrind

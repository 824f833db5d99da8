#include "converter/outside/output_name.h"

#include <ctime>

#include "absl/strings/str_cat.h"

namespace heapgrind {
namespace {

std::string TimeText() {
  const time_t now = std::time(nullptr);
  char text[32];
  std::strftime(text, sizeof text, "%Y%m%dT%H%M%S", std::localtime(&now));
  return text;
}

}  // namespace

std::string OutputName(absl::string_view pattern, pid_t pid) {
  std::string path;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char letter =
        pattern[i] == '%' && i + 1 < pattern.size() ? pattern[i + 1] : 0;
    const bool is_known = letter == 'p' || letter == 't' || letter == '%';
    if (letter == 'p') absl::StrAppend(&path, pid);
    if (letter == 't') path += TimeText();
    if (letter == '%') path += '%';
    if (!is_known) path += pattern[i];
    if (is_known) ++i;
  }
  return path;
}

}  // namespace heapgrind

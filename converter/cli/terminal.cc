#include "converter/cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace heapgrind {
namespace {

constexpr size_t kUsualColumns = 80;

absl::string_view Environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

size_t TerminalColumns() {
  uint32_t columns = 0;
  if (absl::SimpleAtoi(Environment("COLUMNS"), &columns) && columns > 0) {
    return columns;
  }
  winsize size = {};
  const bool is_known =
      ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return is_known ? size.ws_col : kUsualColumns;
}

}  // namespace

OutputStyle StyleOfStandardOutput() {
  OutputStyle style;
  if (!isatty(STDOUT_FILENO)) return style;
  style.num_columns = TerminalColumns();
  style.is_readable = true;
  // What https://no-color.org asks for.
  style.has_colour =
      Environment("NO_COLOR").empty() && Environment("TERM") != "dumb";
  return style;
}

std::string BytesText(uint64_t bytes, const OutputStyle& style) {
  if (!style.is_readable) return absl::StrCat(bytes);
  if (bytes < 1024) return absl::StrCat(bytes, " B");
  constexpr absl::string_view kUnits[] = {"KiB", "MiB", "GiB",
                                          "TiB", "PiB", "EiB"};
  double number = static_cast<double>(bytes) / 1024;
  size_t unit = 0;
  // 1023.95 would be written as 1024.0.
  for (; number >= 1023.95 && unit < 5; ++unit) number /= 1024;
  return absl::StrFormat("%.1f %s", number, kUnits[unit]);
}

std::string ChangeText(int64_t bytes, const OutputStyle& style) {
  if (bytes == 0) return BytesText(0, style);
  const uint64_t size =
      bytes < 0 ? -static_cast<uint64_t>(bytes) : static_cast<uint64_t>(bytes);
  return absl::StrCat(bytes < 0 ? "-" : "+", BytesText(size, style));
}

std::string PercentText(uint64_t part, uint64_t whole) {
  const double percent =
      whole == 0 ? 0
                 : 100 * static_cast<double>(part) / static_cast<double>(whole);
  return absl::StrFormat("%.1f", percent);
}

std::string Heading(absl::string_view text, const OutputStyle& style) {
  if (!style.has_colour) return std::string(text);
  return absl::StrCat("\033[1m", text, "\033[0m");
}

}  // namespace heapgrind

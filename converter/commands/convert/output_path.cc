#include "converter/commands/convert/output_path.h"

#include <cstddef>
#include <cstdint>

#include "absl/strings/str_cat.h"

namespace heapgrind {
namespace {

// Appends what `%` and `letter` stand for.
absl::Status AppendPlaceholder(absl::string_view letter,
                               const DumpHeader& header, std::string* path) {
  if (letter == "%") {
    path->push_back('%');
    return absl::OkStatus();
  }
  const uint64_t number = letter == "p" ? header.pid : header.time;
  if (number == 0) {
    return absl::InvalidArgumentError(absl::StrCat(
        "expected a dump that says its ", letter == "p" ? "pid" : "time",
        ", for %", letter, " in the output's name, got one that does not"));
  }
  absl::StrAppend(path, number);
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckOutputPattern(absl::string_view pattern) {
  for (size_t i = pattern.find('%'); i != pattern.npos;
       i = pattern.find('%', i + 2)) {
    const absl::string_view letter = pattern.substr(i + 1, 1);
    if (letter == "p" || letter == "t" || letter == "%") continue;
    return absl::InvalidArgumentError(
        absl::StrCat("expected %p, %t or %% in the output's name, got \"%",
                     letter, "\" in \"", pattern, "\""));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ExpandOutputPattern(absl::string_view pattern,
                                                const DumpHeader& header) {
  if (absl::Status status = CheckOutputPattern(pattern); !status.ok()) {
    return status;
  }
  std::string path;
  for (;;) {
    const size_t percent = pattern.find('%');
    absl::StrAppend(&path, pattern.substr(0, percent));
    if (percent == pattern.npos) return path;
    absl::Status status =
        AppendPlaceholder(pattern.substr(percent + 1, 1), header, &path);
    if (!status.ok()) return status;
    pattern.remove_prefix(percent + 2);
  }
}

}  // namespace heapgrind

#include "converter/cli/option_rules.h"

#include <unistd.h>

#include <algorithm>
#include <thread>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "converter/base/tilde_hint.h"

namespace heapgrind {

OptionRule FlagRule(const char* name, bool* flag) {
  const auto set = [flag](absl::string_view) {
    *flag = true;
    return absl::OkStatus();
  };
  return {name, false, set};
}

OptionRule ThreadsRule(size_t* num_threads) {
  const auto set = [num_threads](absl::string_view value) {
    uint64_t number = 0;
    const absl::Status status =
        ParseWholeNumber("threads", value, 1, 1024, &number);
    if (status.ok()) *num_threads = number;
    return status;
  };
  return {"threads", true, set};
}

OptionRule SizeRule(const char* name, uint64_t* bytes) {
  const auto set = [name, bytes](absl::string_view value) {
    constexpr absl::string_view kUnits = "KMGT";
    absl::string_view digits = value;
    size_t unit = kUnits.npos;
    if (!value.empty()) unit = kUnits.find(value.back());
    const bool has_unit = unit != kUnits.npos;
    if (has_unit) digits.remove_suffix(1);
    const size_t shift = has_unit ? 10 * (unit + 1) : 0;
    uint64_t number = 0;
    if (!absl::SimpleAtoi(digits, &number) || number == 0 ||
        number > UINT64_MAX >> shift) {
      return ExpectedOption(
          absl::StrCat("a size such as 500M or 2G in --", name), value);
    }
    *bytes = number << shift;
    return absl::OkStatus();
  };
  return {name, true, set};
}

OptionRule MaxMemoryRule(uint64_t* bytes) {
  return SizeRule("max-memory", bytes);
}

OptionRule TopRule(uint64_t* num_rows) {
  const auto set = [num_rows](absl::string_view value) {
    return ParseWholeNumber("top", value, 1, UINT64_MAX, num_rows);
  };
  return {"top", true, set};
}

OptionRule TypeRule(std::string* type_pattern) {
  const auto set = [type_pattern](absl::string_view value) {
    if (value.empty()) return ExpectedOption("a pattern in --type", value);
    *type_pattern = std::string(value);
    return absl::OkStatus();
  };
  return {"type", true, set};
}

absl::Status CheckDumps(const std::vector<std::string>& words,
                        size_t num_least) {
  if (words.size() < num_least) {
    const std::string expected =
        num_least == 1 ? "a dump" : absl::StrCat(num_least, " dumps");
    const std::string got =
        words.empty() ? "none" : std::to_string(words.size());
    return absl::InvalidArgumentError(
        absl::StrCat("expected ", expected, " to read, got ", got));
  }
  if (std::count(words.begin(), words.end(), "") > 0) {
    return ExpectedOption("a dump to read", "");
  }
  if (std::count(words.begin(), words.end(), "-") > 1) {
    return absl::InvalidArgumentError(
        "expected \"-\", standard input, once, got it again");
  }
  return absl::OkStatus();
}

absl::Status CheckSingleDump(const std::vector<std::string>& words) {
  if (words.size() <= 1) return absl::OkStatus();
  return ExpectedOption("one dump",
                        absl::StrCat(words[0], "\" and \"", words[1]));
}

size_t ThreadsToUse(size_t num_threads) {
  if (num_threads > 0) return num_threads;
  return std::max(1u, std::thread::hardware_concurrency());
}

}  // namespace heapgrind

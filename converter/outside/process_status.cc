#include "converter/outside/process_status.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace heapgrind {
namespace {

constexpr uint64_t kKilobyte = 1024;

// The decimal number among `words` that stands at `place`; 0 if none does.
uint64_t NumberAt(const std::vector<absl::string_view>& words, size_t place) {
  uint64_t number = 0;
  if (place < words.size() && absl::SimpleAtoi(words[place], &number)) {
    return number;
  }
  return 0;
}

uint64_t HexadecimalAt(const std::vector<absl::string_view>& words) {
  uint64_t number = 0;
  return !words.empty() && absl::SimpleHexAtoi(words[0], &number) ? number : 0;
}

}  // namespace

ProcessStatus ParseStatus(absl::string_view text) {
  ProcessStatus status;
  uint64_t pending = 0;
  uint64_t blocked = 0;
  uint64_t handled = 0;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    const size_t colon = line.find(':');
    if (colon == line.npos) continue;
    const absl::string_view key = line.substr(0, colon);
    const std::vector<absl::string_view> words = absl::StrSplit(
        line.substr(colon + 1), absl::ByAnyChar(" \t"), absl::SkipEmpty());
    const uint64_t number = NumberAt(words, 0);
    if (key == "State" && !words.empty()) status.state = words[0][0];
    if (key == "Tgid") status.process = static_cast<pid_t>(number);
    if (key == "Pid" && status.innermost_pid == 0) {
      status.innermost_pid = static_cast<pid_t>(number);
    }
    if (key == "NSpid") {
      status.innermost_pid = static_cast<pid_t>(
          NumberAt(words, words.empty() ? 0 : words.size() - 1));
    }
    if (key == "TracerPid") status.tracer = static_cast<pid_t>(number);
    if (key == "Uid") status.user = static_cast<uid_t>(NumberAt(words, 1));
    if (key == "Seccomp") status.seccomp = static_cast<int>(number);
    if (key == "VmSize") status.has_memory = true;
    if (key == "VmRSS") status.rss = number * kKilobyte;
    if (key == "VmSwap") status.swap = number * kKilobyte;
    if (key == "VmPTE") status.page_tables = number * kKilobyte;
    if (key == "SigPnd" || key == "ShdPnd") pending |= HexadecimalAt(words);
    if (key == "SigBlk") blocked = HexadecimalAt(words);
    if (key == "SigCgt") handled = HexadecimalAt(words);
    if (key == "x86_Thread_features") {
      status.has_shadow_stack = absl::StrContains(line, "shstk");
    }
  }
  status.waiting_signals = pending & handled & ~blocked;
  return status;
}

}  // namespace heapgrind

#include "converter/load/memory_limit.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

namespace heapgrind {
namespace {

std::string ReadText(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// The number that a file consists of.  None: no such file, or "max".
std::optional<uint64_t> ReadNumber(const std::string& path) {
  uint64_t number;
  if (!absl::SimpleAtoi(ReadText(path), &number)) return std::nullopt;
  return number;
}

// The number behind `key` in lines such as "MemAvailable:  1234 kB".
std::optional<uint64_t> FindNumber(const std::string& text,
                                   absl::string_view key) {
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    const std::vector<absl::string_view> words =
        absl::StrSplit(line, absl::ByAnyChar(" \t:"), absl::SkipEmpty());
    uint64_t number;
    if (words.size() >= 2 && words[0] == key &&
        absl::SimpleAtoi(words[1], &number)) {
      return number;
    }
  }
  return std::nullopt;
}

uint64_t Difference(uint64_t a, uint64_t b) { return a - std::min(a, b); }

class LimitFinder {
 public:
  explicit LimitFinder(std::string root) : root_(std::move(root)) {}

  MemoryLimit Find() {
    const std::optional<uint64_t> kilobytes =
        FindNumber(ReadText(root_ + "/proc/meminfo"), "MemAvailable");
    if (kilobytes)
      Consider(*kilobytes * 1024, "the free memory of this machine");
    const std::string groups = ReadText(root_ + "/proc/self/cgroup");
    for (const absl::string_view line : absl::StrSplit(groups, '\n')) {
      ConsiderGroup(line);
    }
    ConsiderResource(RLIMIT_AS, 0, "the limit of address space (ulimit -v)");
    ConsiderResource(RLIMIT_DATA, 5, "the limit of data (ulimit -d)");
    return limit_;
  }

 private:
  void Consider(uint64_t bytes, absl::string_view reason) {
    if (bytes < limit_.bytes) limit_ = {bytes, std::string(reason)};
  }

  // A line of /proc/self/cgroup: NUMBER:CONTROLLERS:PATH; in version 2 there is
  // one, without controllers.  A group is limited by those above it, too.  See
  // cgroups(7).
  void ConsiderGroup(absl::string_view line) {
    const std::vector<std::string> parts =
        absl::StrSplit(line, absl::MaxSplits(':', 2));
    if (parts.size() < 3) return;
    const std::vector<std::string> controllers = absl::StrSplit(parts[1], ',');
    const bool is_old = std::find(controllers.begin(), controllers.end(),
                                  "memory") != controllers.end();
    if (!is_old && !parts[1].empty()) return;
    const std::string top =
        absl::StrCat(root_, "/sys/fs/cgroup", is_old ? "/memory" : "");
    for (std::string path = parts[2]; !path.empty();
         path.resize(path.rfind('/'))) {
      ConsiderFolder(top + path, is_old);
      if (path[0] != '/') return;
    }
    ConsiderFolder(top, is_old);
  }

  void ConsiderFolder(const std::string& folder, bool is_old) {
    const std::optional<uint64_t> most = ReadNumber(
        folder + (is_old ? "/memory.limit_in_bytes" : "/memory.max"));
    const std::optional<uint64_t> now = ReadNumber(
        folder + (is_old ? "/memory.usage_in_bytes" : "/memory.current"));
    if (!most || !now) return;
    // The page cache of files makes room.
    const std::string statistics = ReadText(folder + "/memory.stat");
    const uint64_t cache = FindNumber(statistics, "inactive_file").value_or(0) +
                           FindNumber(statistics, "active_file").value_or(0);
    Consider(Difference(*most, Difference(*now, cache)),
             "the limit of the control group");
  }

  // `field`: which number of /proc/self/statm says how much is taken, in pages.
  void ConsiderResource(int resource, size_t field, absl::string_view reason) {
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) {
      return;
    }
    const std::string text = ReadText(root_ + "/proc/self/statm");
    const std::vector<absl::string_view> pages = absl::StrSplit(text, ' ');
    uint64_t taken = 0;
    if (pages.size() <= field || !absl::SimpleAtoi(pages[field], &taken)) {
      taken = 0;
    }
    taken *= static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
    Consider(Difference(limit.rlim_cur, taken), reason);
  }

  const std::string root_;
  MemoryLimit limit_;
};

}  // namespace

MemoryLimit FindMemoryLimit(const std::string& root) {
  return LimitFinder(root).Find();
}

}  // namespace heapgrind

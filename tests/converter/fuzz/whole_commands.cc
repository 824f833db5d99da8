#include "tests/converter/fuzz/whole_commands.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "converter/command_table.h"
#include "converter/commands/convert/convert_command.h"

// Of the sanitizers, where there is one.
extern "C" __attribute__((weak)) void __sanitizer_set_report_fd(void* fd);

namespace heapgrind {
namespace {

// Words between blanks.  DUMP is the file, GOOD one that nothing is wrong with.
constexpr const char* kCommands[] = {
    "convert DUMP",
    "convert --by=type DUMP",
    "convert --by=object --top=3 DUMP",
    "convert --by=site DUMP",
    "convert --process --events=gc,slack --min-percent=0 DUMP",
    "convert --focus=a DUMP",
    "convert --focus=a --by=type DUMP",
    "convert --ownership=strict --ascii --max-functions=5 DUMP",
    "convert --base=GOOD DUMP",
    "convert --base=DUMP GOOD",
    "convert --merge=sum GOOD DUMP",
    "convert DUMP GOOD",
    "summary DUMP --top=3",
    "summary DUMP --json --type=d*",
    "diff GOOD DUMP",
    "diff --json DUMP GOOD DUMP",
    "series --by=path DUMP GOOD",
    "series --by=package --json --objects GOOD DUMP",
    "report --format=json --strings DUMP",
    "report --hide-keys GOOD DUMP",
    "report --ownership=strict DUMP GOOD DUMP",
    "strip -o /dev/null DUMP --values=none --max-refs=1 --drop-type=c*",
    "strip -o /dev/null DUMP --values=5 --max-refs=3 --json",
    "report -o /dev/null --format=html DUMP",
    "export -o /dev/null --format=pprof --hide-keys DUMP",
    "export -o /dev/null --format=folded --min-percent=0 DUMP",
    "export -o /dev/null --format=heapsnapshot --strings DUMP",
    "export -o /dev/null --format=heapsnapshot --hide-keys DUMP",
    "walk DUMP -c ls;info;top;types;find_type=dict;find_name~a_size>1;cd_0x10;"
    "ls;info;refs;referrers;owner;owned;path;paths_3;source;up;back;help;cd_-",
    "walk DUMP --json -c ls;find_size>0;cd_0x20;ls;info;referrers;paths;"
    "source;sys.modules;a;a.b;held;unreachable",
};

constexpr std::string_view kGood =
    R"({"heapgrind": 1, "scanner": "0.1.0", "python": "3.11.2", "pid": 7, "time": 1600000000, "rss": 1000000}
{"site": 1, "file": "/a.py", "line": 3}
{"root": "modules", "name": "sys.modules", "refs": [16]}
{"root": "thread", "name": "MainThread", "id": 1, "refs": [96], "names": ["thread"]}
{"address": 16, "type": "dict", "size": 64, "pairs": 1, "refs": [32, 48]}
{"address": 32, "type": "str", "size": 50, "len": 1, "value": "a", "refs": []}
{"address": 48, "type": "module", "size": 72, "kind": "module", "name": "a", "file": "/a.py", "refs": [64], "names": ["__dict__"]}
{"address": 64, "type": "dict", "size": 232, "site": 1, "pairs": 1, "refs": [32, 80]}
{"address": 80, "type": "list", "size": 88, "site": 1, "refs": [96]}
{"address": 96, "type": "Thread", "size": 48, "refs": []}
{"end": 6, "size": 554}
)";

// A file in memory, with a path.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view content)
      : descriptor_(memfd_create("dump", MFD_CLOEXEC)) {
    const bool is_written =
        write(descriptor_, content.data(), content.size()) ==
        static_cast<ssize_t>(content.size());
    if (!is_written) std::abort();
  }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;

  std::string path() const {
    return absl::StrCat("/proc/self/fd/", descriptor_);
  }

 private:
  const int descriptor_;
};

// Throws away what is written to standard output; and to standard error, but
// where sanitizers report to it.
class Silence {
 public:
  Silence() {
    const int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
    for (const auto& [stream, descriptor] : streams_) {
      std::fflush(stream);
      kept_.push_back(fcntl(descriptor, F_DUPFD_CLOEXEC, 3));
      dup2(nothing, descriptor);
    }
    close(nothing);
  }
  ~Silence() {
    for (size_t i = 0; i < streams_.size(); ++i) {
      std::fflush(streams_[i].first);
      dup2(kept_[i], streams_[i].second);
      close(kept_[i]);
    }
  }
  Silence(const Silence&) = delete;

 private:
  static std::vector<std::pair<FILE*, int>> Streams() {
    if (__sanitizer_set_report_fd != nullptr) return {{stdout, 1}};
    return {{stdout, 1}, {stderr, 2}};
  }

  const std::vector<std::pair<FILE*, int>> streams_ = Streams();
  std::vector<int> kept_;
};

std::vector<std::string> Words(size_t command, const std::string& dump,
                               const std::string& good, size_t num_threads) {
  std::vector<std::string> words = absl::StrSplit(kCommands[command], ' ');
  for (std::string& word : words) {
    word = absl::StrReplaceAll(word, {{"DUMP", dump}, {"GOOD", good}});
    if (word.find(';') != word.npos) {
      word = absl::StrReplaceAll(word, {{"_", " "}});
    }
  }
  if (words[0] == "convert") words.insert(words.end(), {"-o", "/dev/null"});
  if (words[0] != "strip") {
    words.push_back(absl::StrCat("--threads=", num_threads));
    words.push_back("--max-memory=1G");
  }
  if (words[0] != "convert") words.insert(words.begin(), "heapgrind");
  return words;
}

int Run(std::vector<std::string> words) {
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(&word[0]);
  argv.push_back(nullptr);
  const int argc = static_cast<int>(words.size());
  const Silence silence;
  return words[0] == "convert" ? RunConversion("convert", argc, argv.data())
                               : RunHeapgrind(argc, argv.data());
}

}  // namespace

size_t NumWholeCommands() { return sizeof kCommands / sizeof kCommands[0]; }

std::string RunWholeCommand(size_t command, std::string_view dump,
                            size_t num_threads) {
  const MemoryFile file(dump);
  const MemoryFile good(kGood);
  const std::vector<std::string> words =
      Words(command, file.path(), good.path(), num_threads);
  const int status = Run(words);
  if (status == 0 || status == 1) return "";
  return absl::StrCat("exit status ", status, ": ", absl::StrJoin(words, " "));
}

}  // namespace heapgrind

#include "converter/commands/dump/dump_options.h"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "converter/cli/option_rules.h"
#include "scanner/blob/blob_input.h"

namespace heapgrind {
namespace {

constexpr char kHelp[] =
    R"(Usage: heapgrind dump [OPTION]... PID
   or: heapgrind dump [OPTION]... CORE
   or: heapgrind dump --list

Writes a heap dump of a running Python process, from outside: stops it, has it
fork, and lets it go; the copy is read by a scanner that is put into it, and
ends. No line of code runs in the process itself, and nothing stays there. It
need not know of heapgrind, and may hold Python's lock (GIL) for ever.

Or writes that of a dead one, from its core file: plain, in gzip or zstd data,
or on standard input (-). All digits are a PID, anything else is a file.

  -o, --output=FILE       write FILE, whole or not at all, for you alone (mode
                            0600), instead of heapgrind.PID.json; compressed if
                            its name ends in .gz or .zst. %p in it is the PID,
                            %t the time, %% a %. -: standard output
      --sysroot=FOLDER    with a core: where the files of the process are, the
                            root of its image (default: /). Its program and
                            libpython must be the ones that ran
      --values=N          how many characters of each string to write: a number,
                            "short" (100, the default) or "none", which leaves
                            those of keys
      --max-refs=N        at most N references without names in a record
      --native=WAY        how to follow native memory, what C code has taken
                            from malloc: one record for all blocks that one
                            object alone leads to ("sum", the default), one for
                            each block ("yes"), or not at all ("no")
      --max-bytes=SIZE    let FILE grow to SIZE (such as 500M or 2G) at most;
                            objects that do not fit are left out, and counted
      --timeout=SECONDS   how long to wait for all threads to stop (default:
                            10), and for the next part of the dump (60)
      --list              say for which Pythons there is a scanner, and exit
      --blobs=FOLDER      take the scanners from FOLDER (heapgrind-TAG.blob),
                            not from this program's own file
      --help              show this text and exit
      --version           show the version and exit

The process may run CPython on x86-64 Linux, in a container, too. You may dump
your own processes where the system lets you debug them, and all as root.

What was written, and how long the process was stopped, is said on standard
error. Exit status: 0: done; 1: the process or the machine is at fault, and the
process runs on; 2: usage.
)";

constexpr uint64_t kShort = 100;  // Characters.
constexpr uint64_t kMostSeconds = 1000000;
constexpr int kDefaultStop = 10;     // Seconds.
constexpr int kDefaultSilence = 60;  // Seconds.
constexpr absl::string_view kOtherCompressions[] = {
    ".xz",   ".lzma", ".bz2",  ".zip", ".lz4", ".lz",    ".lzo",  ".br",
    ".7z",   ".rar",  ".zlib", ".tar", ".tgz", ".tbz",   ".tbz2", ".txz",
    ".tzst", ".zstd", ".gzip", ".z",   ".sz",  ".snappy"};

absl::Status SetText(absl::string_view what, absl::string_view value,
                     std::string* text) {
  if (value.empty()) return ExpectedOption(what, value);
  *text = std::string(value);
  return absl::OkStatus();
}

absl::Status CheckOutput(absl::string_view value) {
  if (absl::StartsWith(value, "~") && absl::StrContains(value, "/")) {
    return absl::InvalidArgumentError(
        absl::StrCat("expected a path in --output, got \"", value,
                     "\": the shell expands ~ only at the start of a word"));
  }
  const std::string name = absl::AsciiStrToLower(value);
  if (std::any_of(std::begin(kOtherCompressions), std::end(kOtherCompressions),
                  [&name](absl::string_view ending) {
                    return absl::EndsWith(name, ending);
                  })) {
    return ExpectedOption(
        "a path in .gz or .zst to compress, or in .json, in --output", value);
  }
  return absl::OkStatus();
}

absl::Status SetOutput(absl::string_view value, std::string* output) {
  const absl::Status status = CheckOutput(value);
  return status.ok() ? SetText("a file in --output", value, output) : status;
}

absl::Status SetValues(absl::string_view value, uint64_t* length) {
  if (value == "short" || value == "none") {
    *length = value == "short" ? kShort : 0;
    return absl::OkStatus();
  }
  if (absl::SimpleAtoi(value, length)) return absl::OkStatus();
  return ExpectedOption("\"short\", \"none\" or a number in --values", value);
}

absl::Status SetNative(absl::string_view value, uint64_t* native) {
  const struct {
    absl::string_view name;
    uint64_t native;
  } kinds[] = {{"sum", HG_BLOB_NATIVE_GROUPS},
               {"yes", HG_BLOB_NATIVE_BLOCKS},
               {"no", HG_BLOB_NATIVE_NO}};
  for (const auto& kind : kinds) {
    if (value != kind.name) continue;
    *native = kind.native;
    return absl::OkStatus();
  }
  return ExpectedOption("\"sum\", \"yes\" or \"no\" in --native", value);
}

absl::Status SetTimeout(absl::string_view value, OutsideDumpOptions* options) {
  double seconds = 0;
  if (!absl::SimpleAtod(value, &seconds) || !(seconds > 0) ||
      !(seconds < kMostSeconds)) {
    return ExpectedOption("seconds in --timeout", value);
  }
  const auto time = std::chrono::duration_cast<Clock::duration>(
      std::chrono::duration<double>(seconds));
  options->longest_stop = options->longest_silence = time;
  return absl::OkStatus();
}

std::vector<OptionRule> Rules(DumpOptions* options) {
  OutsideDumpOptions* const dump = &options->dump;
  return {
      {"output", true,
       [dump](absl::string_view value) {
         return SetOutput(value, &dump->output);
       },
       'o'},
      {"values", true,
       [dump](absl::string_view value) {
         return SetValues(value, &dump->value_length);
       }},
      {"max-refs", true,
       [dump](absl::string_view value) {
         return ParseWholeNumber("max-refs", value, 1, UINT64_MAX,
                                 &dump->max_references);
       }},
      {"native", true,
       [dump](absl::string_view value) {
         return SetNative(value, &dump->native);
       }},
      SizeRule("max-bytes", &dump->max_bytes),
      {"timeout", true,
       [dump](absl::string_view value) { return SetTimeout(value, dump); }},
      {"sysroot", true,
       [options](absl::string_view value) {
         return SetText("a folder in --sysroot", value, &options->sysroot);
       }},
      FlagRule("list", &options->list),
      {"blobs", true,
       [options](absl::string_view value) {
         return SetText("a folder in --blobs", value, &options->blobs);
       }},
  };
}

// Digits alone are a process; all else is a file, such as ./4711.
absl::Status SetSource(const std::vector<std::string>& words,
                       DumpOptions* options) {
  if (words.size() != 1) {
    return ExpectedOption("a PID or a core file",
                          absl::StrJoin(words, "\" and \""));
  }
  const std::string& word = words[0];
  const bool is_number = word.find_first_not_of("0123456789") == word.npos;
  if (!is_number) options->core = word;
  if (is_number &&
      (!absl::SimpleAtoi(word, &options->dump.pid) || options->dump.pid == 0)) {
    return ExpectedOption("the number of a process", word);
  }
  if (options->dump.output.empty()) options->dump.output = "heapgrind.%p.json";
  return absl::OkStatus();
}

}  // namespace

ParsedWords ParseDumpOptions(int argc, char** argv, DumpOptions* options) {
  options->dump.value_length = kShort;
  options->dump.longest_stop = std::chrono::seconds(kDefaultStop);
  options->dump.longest_silence = std::chrono::seconds(kDefaultSilence);
  const ProgramText program = {"heapgrind dump", kHelp};
  ParsedWords parsed = ParseWords(program, Rules(options), argc, argv);
  if (parsed.exit_status.has_value() || options->list) return parsed;
  const absl::Status status = SetSource(parsed.words, options);
  if (!status.ok()) return UsageError(program, status);
  return parsed;
}

}  // namespace heapgrind

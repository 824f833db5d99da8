#include "converter/command_table.h"

#include <cstdio>
#include <cstring>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "converter/base/version.h"
#include "converter/cli/closest_name.h"
#include "converter/commands/convert/convert_command.h"
#include "converter/commands/diff/diff.h"
#include "converter/commands/export/export.h"
#include "converter/commands/report/report.h"
#include "converter/commands/series/series.h"
#include "converter/commands/strip/strip.h"
#include "converter/commands/summary/summary.h"
#include "converter/commands/walk/walk.h"
#include "converter/python_command.h"
#ifdef __x86_64__
#include "converter/commands/dump/dump.h"
#else
#include "converter/commands/no_dump/no_dump.h"
#endif

namespace heapgrind {
namespace {

#ifdef __x86_64__
constexpr auto DumpFromOutside = RunDump;
#else
constexpr auto DumpFromOutside = RunNoDump;
#endif

int RunMerge(int argc, char** argv) {
  return RunConversion("heapgrind merge", argc, argv);
}

int RunConvert(int argc, char** argv) {
  return RunConversion("heapgrind convert", argc, argv);
}

// What `dump` was called before.
int RunAttach(int argc, char** argv) {
  std::fputs("heapgrind: attach is called dump now\n", stderr);
  return DumpFromOutside(argc, argv);
}

constexpr Command kCommands[] = {
    {"run", "run a Python program, and dump its heap", RunPythonCommand},
    {"dump", "dump the heap of a process that runs, from outside",
     DumpFromOutside},
    {"attach", "what dump was called before", RunAttach},
    {"hook", "let programs dump that are started as ever", RunPythonCommand},
    {"summary", "say what a heap consists of", RunSummary},
    {"walk", "walk through a dump, from object to object, at a prompt",
     RunWalk},
    {"diff", "say what is different between dumps", RunDiff},
    {"series", "say what grows over several dumps, and how fast", RunSeries},
    {"report", "a report to pass on: what a heap consists of, or what grew",
     RunReport},
    {"merge", "one profile of several processes, for KCachegrind", RunMerge},
    {"convert", "one profile of a dump, for KCachegrind; as memdump2callgrind",
     RunConvert},
    {"export", "write a heap for other viewers: pprof, Chrome, flame graphs",
     RunExport},
    {"strip", "write a smaller dump, without texts or duplicates", RunStrip},
};

int UsageError(const std::string& message) {
  std::fprintf(stderr, "heapgrind: %s\nhint: try heapgrind --help\n",
               message.c_str());
  return 2;
}

// The command for which `word` is what it wants; null if there is none.
const char* CommandThatWants(absl::string_view word) {
  for (const char* ending : {".py", ".pyw", ".pyz"}) {
    if (absl::EndsWith(word, ending)) return "run";
  }
  for (const char* ending : {".json", ".json.gz", ".json.zst", ".jsonl"}) {
    if (absl::EndsWith(word, ending)) return "summary";
  }
  if (word == "-m") return "run";
  const bool is_number =
      !word.empty() && word.find_first_not_of("0123456789") == word.npos;
  return is_number ? "dump" : nullptr;
}

int UnknownCommand(absl::string_view word) {
  const char* const wants_it = CommandThatWants(word);
  if (wants_it != nullptr) {
    std::fprintf(stderr,
                 "heapgrind: expected a command, got \"%s\"\n"
                 "hint: did you mean heapgrind %s %s?\n",
                 std::string(word).c_str(), wants_it,
                 std::string(word).c_str());
    return 2;
  }
  std::vector<std::string> names;
  for (const Command& command : Commands()) names.push_back(command.name);
  const std::string closest = ClosestName(word, names);
  const std::string message =
      absl::StrCat("expected a command, got \"", word, "\"");
  if (closest.empty()) return UsageError(message);
  std::fprintf(stderr, "heapgrind: %s\nhint: did you mean heapgrind %s?\n",
               message.c_str(), closest.c_str());
  return 2;
}

int Print(const std::string& text) {
  std::fputs(text.c_str(), stdout);
  return 0;
}

// `heapgrind help [COMMAND]`.
int Help(int argc, char** argv) {
  if (argc < 2) return Print(HelpText());
  const Command* const command = FindCommand(argv[1]);
  if (command == nullptr) return UnknownCommand(argv[1]);
  char help[] = "--help";
  char* words[] = {argv[1], help, nullptr};
  return command->run(2, words);
}

}  // namespace

absl::Span<const Command> Commands() { return kCommands; }

const Command* FindCommand(absl::string_view name) {
  for (const Command& command : kCommands) {
    if (name == command.name) return &command;
  }
  return nullptr;
}

std::string HelpText() {
  std::string text =
      "Usage: heapgrind COMMAND [WORD]...\n\n"
      "Shows who owns the memory of a Python program.\n\n"
      "Commands:\n";
  for (const Command& command : kCommands) {
    const size_t width = std::strlen(command.name);
    const size_t gap = width < 9 ? 9 - width : 1;
    absl::StrAppend(&text, "  ", command.name, std::string(gap, ' '),
                    command.help, "\n");
  }
  absl::StrAppend(
      &text,
      "\nheapgrind help COMMAND says more of one;  heapgrind "
      "--version, which this is.\n\nExit status: 0 done, 1 the dump "
      "or the machine is at fault, 2 the command line is.\n");
  return text;
}

int RunHeapgrind(int argc, char** argv) {
  if (argc < 2) return UsageError("expected a command, got none");
  const absl::string_view word = argv[1];
  if (word == "--help" || word == "-h") return Print(HelpText());
  if (word == "--version") {
    return Print(absl::StrCat("heapgrind ", kVersion, "\n"));
  }
  if (word == "help") return Help(argc - 1, argv + 1);
  const Command* const command = FindCommand(word);
  if (command == nullptr) return UnknownCommand(word);
  return command->run(argc - 1, argv + 1);
}

}  // namespace heapgrind

// Reads a command line by a table of options.
//
// GNU-style: long options may be shortened, options may follow the other words,
// `--` ends them.  Every program and command of ours has --help and --version.

#ifndef HEAPGRIND_CONVERTER_CLI_OPTION_PARSER_H_
#define HEAPGRIND_CONVERTER_CLI_OPTION_PARSER_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace heapgrind {

struct OptionRule {
  const char* name;
  bool takes_value;
  // Takes the option's value, or "".  InvalidArgument: it is none.
  std::function<absl::Status(absl::string_view value)> set;
  char letter = 0;  // Of the short form, if there is one.
};

// What a program with options says of itself.
struct ProgramText {
  const char* name;  // "heapgrind summary".
  const char* help;  // What --help prints.
};

// What is left of a command line: words to work on, or a text to write before
// the program exits.
struct ParsedWords {
  std::vector<std::string> words;  // What is neither option nor value.
  std::optional<int> exit_status;  // Set if there is nothing more to do.
  std::string standard_output;     // Of --help and --version.
  std::string standard_error;      // Of a wrong command line.
};

// Hands each option of `argv` to its rule.  A wrong one exits with status 2,
// --help and --version with 0.  argv[0] is not looked at.  Not for two threads
// at once, as getopt_long is not.
ParsedWords ParseWords(const ProgramText& program,
                       const std::vector<OptionRule>& rules, int argc,
                       char** argv);

// The end of a program whose command line is wrong: exit status 2.
ParsedWords UsageError(const ProgramText& program, const absl::Status& status);

// Writes the texts of a command line that has nothing more to do, and returns
// its exit status.
int Finish(const ParsedWords& parsed);

// InvalidArgument, "expected EXPECTED, got "GOT"".
absl::Status ExpectedOption(absl::string_view expected, absl::string_view got);

// A whole number from `least` to `most`, or an error that says `--NAME`.
absl::Status ParseWholeNumber(absl::string_view name, absl::string_view value,
                              uint64_t least, uint64_t most, uint64_t* number);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CLI_OPTION_PARSER_H_

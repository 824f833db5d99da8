// The commands of the program heapgrind: a table, and what follows from it.

#ifndef HEAPGRIND_CONVERTER_COMMAND_TABLE_H_
#define HEAPGRIND_CONVERTER_COMMAND_TABLE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace heapgrind {

struct Command {
  const char* name;
  const char* help;  // One line.
  // Runs it: argv[0] is its name, its words follow.  Returns the exit status: 0
  // done, 1 the input or the machine is at fault, 2 the command line is.
  int (*run)(int argc, char** argv);
};

// All commands, in the order in which a newcomer wants to read of them.
absl::Span<const Command> Commands();

// The command of that name, or null.
const Command* FindCommand(absl::string_view name);

// What `heapgrind --help` prints.
std::string HelpText();

// Runs `heapgrind WORD...`; argv[0] is not looked at.
int RunHeapgrind(int argc, char** argv);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMAND_TABLE_H_

// The command `heapgrind dump` where it cannot be: it refuses in one line.
//
// How a process is stopped, and what runs in its copy, is known for x86-64
// alone (outside, core); the other commands run anywhere.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_NO_DUMP_NO_DUMP_H_
#define HEAPGRIND_CONVERTER_COMMANDS_NO_DUMP_NO_DUMP_H_

namespace heapgrind {

// Says what machine it takes, and what else dumps there.  Returns the exit
// status: 1, or 0 for --help.
int RunNoDump(int argc, char** argv);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_NO_DUMP_NO_DUMP_H_

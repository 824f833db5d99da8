// The command `heapgrind dump`: writes a heap dump of a process that runs.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_DUMP_DUMP_H_
#define HEAPGRIND_CONVERTER_COMMANDS_DUMP_DUMP_H_

namespace heapgrind {

// Does what the command line says, and returns the exit status: 1 if the
// process or the machine is at fault, 128 and the number of a signal that came.
int RunDump(int argc, char** argv);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_DUMP_DUMP_H_

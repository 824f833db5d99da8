// The program memdump2callgrind, which is also `heapgrind merge`.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_CONVERT_CONVERT_COMMAND_H_
#define HEAPGRIND_CONVERTER_COMMANDS_CONVERT_CONVERT_COMMAND_H_

namespace heapgrind {

// Reads the command line, converts the dumps that it names and writes the
// result.  `program` is what messages begin with.  Returns the exit status: 0
// done, 1 a dump or the machine is at fault, 2 the command line is.
int RunConversion(const char* program, int argc, char** argv);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_CONVERT_CONVERT_COMMAND_H_

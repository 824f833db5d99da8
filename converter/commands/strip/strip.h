// heapgrind strip: writes a smaller dump.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_STRIP_STRIP_H_
#define HEAPGRIND_CONVERTER_COMMANDS_STRIP_STRIP_H_

namespace heapgrind {

// Runs the command; its exit status.
int RunStrip(int argc, char** argv);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_STRIP_STRIP_H_

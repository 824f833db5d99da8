// heapgrind export: writes a heap for viewers that people already have.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_EXPORT_EXPORT_H_
#define HEAPGRIND_CONVERTER_COMMANDS_EXPORT_EXPORT_H_

namespace heapgrind {

// Runs the command; argv[0] is not looked at.  Returns the exit status.
int RunExport(int argc, char** argv);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_EXPORT_EXPORT_H_

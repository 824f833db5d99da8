// heapgrind report: what a heap consists of, to pass on.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_REPORT_REPORT_H_
#define HEAPGRIND_CONVERTER_COMMANDS_REPORT_REPORT_H_

namespace heapgrind {

// The command; argv[0] is its name.  Returns the exit status.
int RunReport(int argc, char** argv);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_REPORT_REPORT_H_

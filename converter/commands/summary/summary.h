// heapgrind summary: what a heap consists of, in tables.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_SUMMARY_H_
#define HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_SUMMARY_H_

namespace heapgrind {

// The command; argv[0] is its name.  Returns the exit status.
int RunSummary(int argc, char** argv);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_SUMMARY_H_

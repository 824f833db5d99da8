// heapgrind diff: what is different between dumps of one process.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_DIFF_DIFF_H_
#define HEAPGRIND_CONVERTER_COMMANDS_DIFF_DIFF_H_

namespace heapgrind {

// The command; argv[0] is its name.  Returns the exit status.
int RunDiff(int argc, char** argv);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_DIFF_DIFF_H_

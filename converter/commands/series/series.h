// heapgrind series: what grows over several dumps, and how fast.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_SERIES_SERIES_H_
#define HEAPGRIND_CONVERTER_COMMANDS_SERIES_SERIES_H_

namespace heapgrind {

// The command; argv[0] is its name.  Returns the exit status.
int RunSeries(int argc, char** argv);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_SERIES_SERIES_H_

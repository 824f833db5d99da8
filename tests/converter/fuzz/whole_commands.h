// Runs whole commands, as a user does, on any bytes.

#ifndef HEAPGRIND_TESTS_CONVERTER_FUZZ_WHOLE_COMMANDS_H_
#define HEAPGRIND_TESTS_CONVERTER_FUZZ_WHOLE_COMMANDS_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace heapgrind {

// How many command lines there are: conversions of each kind, summary, diff,
// series, report, export, walk with a script, strip.
size_t NumWholeCommands();

// Runs one with `dump` as the file that it reads, in this process, with
// `num_threads`.  What it writes is thrown away.  Returns what is wrong, with
// the command line: an exit status other than 0 and 1; "" if nothing is.
std::string RunWholeCommand(size_t command, std::string_view dump,
                            size_t num_threads);

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_FUZZ_WHOLE_COMMANDS_H_

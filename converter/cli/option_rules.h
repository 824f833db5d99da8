// The options that several programs and commands have, each in one place.

#ifndef HEAPGRIND_CONVERTER_CLI_OPTION_RULES_H_
#define HEAPGRIND_CONVERTER_CLI_OPTION_RULES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "converter/cli/option_parser.h"

namespace heapgrind {

// --NAME: sets `flag`.
OptionRule FlagRule(const char* name, bool* flag);

// --threads=N, from 1 to 1024.
OptionRule ThreadsRule(size_t* num_threads);

// --NAME=SIZE: a number of bytes, or of K, M, G or T of them (powers of 1024),
// from 1.
OptionRule SizeRule(const char* name, uint64_t* bytes);

// --max-memory=SIZE.
OptionRule MaxMemoryRule(uint64_t* bytes);

// --top=N, from 1.
OptionRule TopRule(uint64_t* num_rows);

// --type=GLOB, which is not empty.
OptionRule TypeRule(std::string* type_pattern);

// InvalidArgument unless `words` are at least `num_least` names of files, of
// which one at most is "-".
absl::Status CheckDumps(const std::vector<std::string>& words,
                        size_t num_least);

// InvalidArgument if there are several words where one dump is expected.
absl::Status CheckSingleDump(const std::vector<std::string>& words);

// `num_threads`, or for 0 the number of cores.
size_t ThreadsToUse(size_t num_threads);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CLI_OPTION_RULES_H_

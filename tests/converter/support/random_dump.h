// Makes random dumps that have every shape which a Python heap can have.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_RANDOM_DUMP_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_RANDOM_DUMP_H_

#include <cstdint>
#include <string>
#include <vector>

namespace heapgrind {

// The lines of a heapgrind dump: a header, roots, about `num_objects` objects,
// an end record.  Modules in packages and under aliases, classes, functions
// with code and closures, instances with and without `__dict__`, dictionaries,
// lists, tuples, cycles, garbage with reference counts, threads with frames,
// shared data, references that are absent or repeated, objects dumped twice.
// One seed gives one dump, on every machine.
std::vector<std::string> RandomDump(uint32_t seed, uint32_t num_objects);

// The same heap as Meliae would dump it: no header, roots, names and pairs.
std::vector<std::string> RandomMeliaeDump(uint32_t seed, uint32_t num_objects);

// `lines` with the objects, and the roots, in another order.
std::vector<std::string> Shuffled(std::vector<std::string> lines,
                                  uint32_t seed);

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_RANDOM_DUMP_H_

// A heap dump made up for benchmarks, in the canonical form of the format.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_GENERATED_DUMP_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_GENERATED_DUMP_H_

#include <cstddef>
#include <string>

namespace heapgrind {

// The dump of a process with `num_objects` objects, which is the same for the
// same number: about 110 bytes and 2.5 references an object, of types and
// values in about the proportions of a real heap.
std::string GenerateDump(size_t num_objects);

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_GENERATED_DUMP_H_

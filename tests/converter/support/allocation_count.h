// Counts the bytes that a program has allocated with new, for benchmarks.
//
// A program that links this has its own operator new and delete.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_ALLOCATION_COUNT_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_ALLOCATION_COUNT_H_

#include <cstddef>

namespace heapgrind {

// Bytes that are allocated now, as the allocator rounds them up.
size_t AllocatedBytes();

// The highest value that AllocatedBytes() had since the last ResetPeak().
size_t PeakAllocatedBytes();
void ResetPeak();

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_ALLOCATION_COUNT_H_

// What the counting malloc knows of all blocks.

#ifndef HEAPGRIND_TESTS_SCANNER_NATIVE_COUNTED_MALLOC_H_
#define HEAPGRIND_TESTS_SCANNER_NATIVE_COUNTED_MALLOC_H_

#include <cstddef>
#include <cstdint>

struct CountedBlock {
  uintptr_t start;  // 0: an empty place of the table.
  bool is_freed;
};

// Calls `visit` for each block that there is or was.
void VisitCountedBlocks(void (*visit)(const CountedBlock& block, void* context),
                        void* context);

#endif  // HEAPGRIND_TESTS_SCANNER_NATIVE_COUNTED_MALLOC_H_

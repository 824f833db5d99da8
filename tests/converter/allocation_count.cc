#include "tests/converter/allocation_count.h"

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <new>

namespace {

// Of a program with one thread.
size_t allocated = 0;
size_t peak = 0;

void* Allocate(size_t size) {
  void* const memory = std::malloc(size);
  if (memory == nullptr) std::abort();
  allocated += malloc_usable_size(memory);
  peak = std::max(peak, allocated);
  return memory;
}

void Release(void* memory) {
  allocated -= malloc_usable_size(memory);
  std::free(memory);
}

}  // namespace

void* operator new(size_t size) { return Allocate(size); }
void* operator new[](size_t size) { return Allocate(size); }
void operator delete(void* memory) noexcept { Release(memory); }
void operator delete[](void* memory) noexcept { Release(memory); }
void operator delete(void* memory, size_t) noexcept { Release(memory); }
void operator delete[](void* memory, size_t) noexcept { Release(memory); }

namespace heapgrind {

size_t AllocatedBytes() { return allocated; }
size_t PeakAllocatedBytes() { return peak; }
void ResetPeak() { peak = allocated; }

}  // namespace heapgrind

#include "tests/converter/support/allocation_count.h"

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<size_t> allocated{0};
std::atomic<size_t> peak{0};

void RaisePeak(size_t bytes) {
  size_t old_peak = peak.load(std::memory_order_relaxed);
  while (bytes > old_peak && !peak.compare_exchange_weak(old_peak, bytes)) {
  }
}

void* Allocate(size_t size) {
  void* const memory = std::malloc(size);
  if (memory == nullptr) std::abort();
  RaisePeak(allocated += malloc_usable_size(memory));
  return memory;
}

void Release(void* memory) {
  allocated -= malloc_usable_size(memory);
  std::free(memory);
}

}  // namespace

void* operator new(size_t size) { return Allocate(size); }
void* operator new[](size_t size) { return Allocate(size); }
void* operator new(size_t size, const std::nothrow_t&) noexcept {
  return Allocate(size);
}
void* operator new[](size_t size, const std::nothrow_t&) noexcept {
  return Allocate(size);
}
void operator delete(void* memory) noexcept { Release(memory); }
void operator delete[](void* memory) noexcept { Release(memory); }
void operator delete(void* memory, size_t) noexcept { Release(memory); }
void operator delete[](void* memory, size_t) noexcept { Release(memory); }

namespace heapgrind {

size_t AllocatedBytes() { return allocated; }
size_t PeakAllocatedBytes() { return peak; }
void ResetPeak() { peak = allocated.load(); }

}  // namespace heapgrind

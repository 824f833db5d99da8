// A malloc that writes down each block that it hands out and takes back, for
// LD_PRELOAD: what tests compare the scanner's view of glibc's heaps with.
//
// It calls glibc's, and keeps its books in a mapping of its own: a hash table
// that does not grow, under a lock that spins.

#include "counted_malloc.h"

#include <errno.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>

extern "C" {
void* __libc_malloc(size_t bytes);
void* __libc_calloc(size_t count, size_t bytes);
void* __libc_realloc(void* block, size_t bytes);
void* __libc_memalign(size_t alignment, size_t bytes);
void __libc_free(void* block);
}

namespace {

constexpr size_t kPlaces = size_t{1} << 24;

std::atomic_flag lock = ATOMIC_FLAG_INIT;
CountedBlock* table;
size_t num_places_used;
uint64_t live_bytes;
uint64_t live_blocks;

void Lock() {
  while (lock.test_and_set(std::memory_order_acquire)) {
  }
}

void Unlock() { lock.clear(std::memory_order_release); }

CountedBlock& PlaceOf(uintptr_t start) {
  if (table == nullptr) {
    table = static_cast<CountedBlock*>(
        mmap(nullptr, kPlaces * sizeof(CountedBlock), PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
    if (table == MAP_FAILED) _exit(99);
  }
  size_t at = (uint64_t{start} * 0x9E3779B97F4A7C15u) >> 40;
  while (table[at % kPlaces].start != 0 && table[at % kPlaces].start != start) {
    ++at;
  }
  return table[at % kPlaces];
}

void* NoteBorn(void* block) {
  if (block == nullptr) return nullptr;
  Lock();
  CountedBlock& place = PlaceOf(reinterpret_cast<uintptr_t>(block));
  if (place.start == 0 && ++num_places_used > kPlaces / 2) _exit(99);
  place = {reinterpret_cast<uintptr_t>(block), false};
  live_bytes += malloc_usable_size(block);
  ++live_blocks;
  Unlock();
  return block;
}

// Before it is free: then another thread may have it.
void NoteFreed(void* block) {
  if (block == nullptr) return;
  Lock();
  CountedBlock& place = PlaceOf(reinterpret_cast<uintptr_t>(block));
  if (place.start != 0) {
    place.is_freed = true;
    live_bytes -= malloc_usable_size(block);
    --live_blocks;
  }
  Unlock();
}

}  // namespace

void VisitCountedBlocks(void (*visit)(const CountedBlock& block, void* context),
                        void* context) {
  for (size_t i = 0; i < kPlaces; ++i) {
    if (table[i].start != 0) visit(table[i], context);
  }
}

extern "C" {

// Bytes that may be used of all blocks, and their number.
uint64_t counted_live_bytes() { return live_bytes; }
uint64_t counted_live_blocks() { return live_blocks; }

void* malloc(size_t bytes) { return NoteBorn(__libc_malloc(bytes)); }

void* calloc(size_t count, size_t bytes) {
  return NoteBorn(__libc_calloc(count, bytes));
}

void free(void* block) {
  NoteFreed(block);
  __libc_free(block);
}

void* realloc(void* block, size_t bytes) {
  NoteFreed(block);
  void* result = __libc_realloc(block, bytes);
  if (result == nullptr && bytes != 0) NoteBorn(block);
  return NoteBorn(result);
}

void* memalign(size_t alignment, size_t bytes) {
  return NoteBorn(__libc_memalign(alignment, bytes));
}

void* aligned_alloc(size_t alignment, size_t bytes) {
  return memalign(alignment, bytes);
}

int posix_memalign(void** block, size_t alignment, size_t bytes) {
  void* result = memalign(alignment, bytes);
  if (result == nullptr) return ENOMEM;
  *block = result;
  return 0;
}

}  // extern "C"

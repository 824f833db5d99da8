// A block of glibc's malloc (glibc, malloc/malloc.c, struct malloc_chunk).
//
//   chunk  +0   size of the chunk before, if that one is free
//          +W   size of this one, and flags     (W: bytes of a word)
//   block  +2W  what malloc returned; the next chunk's first word is its last
//
// Sizes are multiples of 2W, so that the three lowest bits are flags.

#ifndef HEAPGRIND_SCANNER_NATIVE_MALLOC_CHUNK_H_
#define HEAPGRIND_SCANNER_NATIVE_MALLOC_CHUNK_H_

#include <cstddef>
#include <cstdint>

namespace heapgrind {

constexpr uintptr_t kWordBytes = sizeof(uintptr_t);
constexpr uintptr_t kChunkHeader = 2 * kWordBytes;
constexpr uintptr_t kLeastChunk = 4 * kWordBytes;

// Blocks begin at multiples of this, bytes.  (From 2.26 on, where words have 32
// bits.)
constexpr uintptr_t kBlockAlignment = 16;

constexpr uintptr_t kPreviousInUse = 1;
constexpr uintptr_t kIsMmapped = 2;
constexpr uintptr_t kSizeFlags = 7;

// The word at an address that may be read.
inline uintptr_t WordAt(uintptr_t address) {
  return *reinterpret_cast<const uintptr_t*>(address);
}

inline uintptr_t SizeWord(uintptr_t chunk) {
  return WordAt(chunk + kWordBytes);
}

inline uintptr_t ChunkBytes(uintptr_t chunk) {
  return SizeWord(chunk) & ~kSizeFlags;
}

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_NATIVE_MALLOC_CHUNK_H_

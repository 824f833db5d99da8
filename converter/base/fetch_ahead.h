// Asks the processor for memory that will be needed soon.
//
// As __builtin_prefetch, but that a function that does nothing else keeps its
// calls: GCC 12 at -O2 takes such a function to have no effect, and drops them
// where it has not put its body in their place (-fno-ipa-modref keeps them,
// too; seen in what it made of sharers.h).

#ifndef HEAPGRIND_CONVERTER_BASE_FETCH_AHEAD_H_
#define HEAPGRIND_CONVERTER_BASE_FETCH_AHEAD_H_

namespace heapgrind {

// The line of memory at `address`, which may be any, to read from.
inline void FetchAhead(const void* address) {
  __builtin_prefetch(address);
  asm volatile("" : : "r"(address));
}

// To write to.
inline void FetchAheadToWrite(const void* address) {
  __builtin_prefetch(address, 1);
  asm volatile("" : : "r"(address));
}

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_BASE_FETCH_AHEAD_H_

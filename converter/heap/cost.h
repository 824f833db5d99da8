// What objects and functions cost: one number for each event of the profile.

#ifndef HEAPGRIND_CONVERTER_HEAP_COST_H_
#define HEAPGRIND_CONVERTER_HEAP_COST_H_

#include <cstdint>

namespace heapgrind {

struct Cost {
  uint64_t bytes = 0;
  uint64_t objects = 0;
  uint64_t gc_bytes = 0;  // GC headers and pre-headers: part of bytes.
  uint64_t slack = 0;     // The allocator's rounding, bytes: not part of bytes.
  uint64_t virtual_bytes = 0;  // What was asked for: bytes, and what is absent.
  uint64_t native_bytes = 0;   // Blocks of native code: part of bytes.

  Cost& operator+=(const Cost& other) {
    bytes += other.bytes;
    objects += other.objects;
    gc_bytes += other.gc_bytes;
    slack += other.slack;
    virtual_bytes += other.virtual_bytes;
    native_bytes += other.native_bytes;
    return *this;
  }
  friend bool operator==(const Cost& a, const Cost& b) {
    return a.bytes == b.bytes && a.objects == b.objects &&
           a.gc_bytes == b.gc_bytes && a.slack == b.slack &&
           a.virtual_bytes == b.virtual_bytes &&
           a.native_bytes == b.native_bytes;
  }
};

// How what a function costs came about, where two heaps are compared.  Bytes.
// Its cost now is before + grown - shrunk.
struct CostChange {
  uint64_t before = 0;
  uint64_t grown = 0;
  uint64_t shrunk = 0;

  CostChange& operator+=(const CostChange& other) {
    before += other.before;
    grown += other.grown;
    shrunk += other.shrunk;
    return *this;
  }
  friend bool operator==(const CostChange& a, const CostChange& b) {
    return a.before == b.before && a.grown == b.grown && a.shrunk == b.shrunk;
  }
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_HEAP_COST_H_

// What a dump is to hold, and how it is made.

#ifndef HEAPGRIND_SCANNER_RECORD_SCAN_OPTIONS_H_
#define HEAPGRIND_SCANNER_RECORD_SCAN_OPTIONS_H_

#include <cstddef>
#include <cstdint>

#include "output/compressor.h"

namespace heapgrind {

// How native memory is written, in a copy of a process.
enum class Native : int {
  kNo = 0,
  kEachBlock = 1,
  kGroups = 2,
};

struct ScanOptions {
  // Characters of a string's value; 0: the values of dictionary keys alone.
  size_t value_length;
  // References without names that a record holds, pairs included; 0: any
  // number.
  size_t max_references;
  uint64_t max_bytes;  // Of the dump as it is written; 0: any number.
  bool low_memory;     // Works in temporary files.
  Native native;
  Compression compression;
  // Memory is about to run out: the page cache of the dump is given back, and a
  // copy of the process is as important as the process.
  bool near_limit;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_SCAN_OPTIONS_H_

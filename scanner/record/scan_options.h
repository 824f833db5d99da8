// What a dump is to hold, and how it is made.

#ifndef HEAPGRIND_SCANNER_RECORD_SCAN_OPTIONS_H_
#define HEAPGRIND_SCANNER_RECORD_SCAN_OPTIONS_H_

#include <cstddef>
#include <cstdint>

#include "output/compressor.h"

namespace heapgrind {

struct ScanOptions {
  // Characters of a string's value; 0: the values of dictionary keys alone.
  size_t value_length;
  // References without names that a record holds, pairs included; 0: any
  // number.
  size_t max_references;
  uint64_t max_bytes;  // Of the dump as it is written; 0: any number.
  bool low_memory;     // Works in temporary files.
  Compression compression;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_SCAN_OPTIONS_H_

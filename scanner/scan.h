// One scan: from the roots over every object to the end record.

#ifndef HEAPGRIND_SCANNER_SCAN_H_
#define HEAPGRIND_SCANNER_SCAN_H_

#include <cstddef>
#include <cstdint>

#include "compressor.h"

namespace heapgrind {

struct ScanOptions {
  // Characters of a string's value; 0: the values of dictionary keys alone.
  size_t value_length;
  // References without names that a record holds, pairs included; 0: any
  // number.
  size_t max_references;
  bool low_memory;  // Works in temporary files.
  Compression compression;
};

struct ScanResult {
  int error;  // errno of what failed; 0 if all is written.
  uint64_t num_objects;
  uint64_t size;        // Sum of the records' sizes, bytes.
  uint64_t dump_bytes;  // Length of the dump, not compressed.
  // The share of what the allocators have handed out that the records account
  // for; negative if the allocators do not say.
  double explained;
};

// Writes a dump of this process to `fd`.  Wants the GIL, and keeps it.  Runs no
// Python code, allocates no Python object and changes no reference count.
// Errors are those of write(2) and of temporary files, ENOMEM, ENOSYS if
// there is no library to compress with, and EIO if it fails.
ScanResult Scan(int fd, const ScanOptions& options);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_SCAN_H_

// One scan: from the roots over every object to the end record.

#ifndef HEAPGRIND_SCANNER_SCAN_H_
#define HEAPGRIND_SCANNER_SCAN_H_

#include <cstddef>
#include <cstdint>

namespace heapgrind {

struct ScanOptions {
  size_t value_length;  // Characters of a string's value; 0: no such values.
};

struct ScanResult {
  int error;  // errno of what failed; 0 if all is written.
  uint64_t num_objects;
  uint64_t size;        // Sum of the records' sizes, bytes.
  uint64_t dump_bytes;  // Length of the dump.
  // The share of what the allocators have handed out that the records account
  // for; negative if the allocators do not say.
  double explained;
};

// Writes a dump of this process to `fd`.  Wants the GIL, and keeps it.  Runs no
// Python code, allocates no Python object and changes no reference count.
// Errors are those of write(2), and ENOMEM.
ScanResult Scan(int fd, const ScanOptions& options);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_SCAN_H_

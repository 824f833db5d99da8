// What the library shows to those that load it.  Up to 3.8 Python's headers
// make nothing visible.

#ifndef HEAPGRIND_SCANNER_EXPORT_H_
#define HEAPGRIND_SCANNER_EXPORT_H_

#define HEAPGRIND_EXPORT __attribute__((visibility("default")))

#endif  // HEAPGRIND_SCANNER_EXPORT_H_

// What is resident of this process.

#ifndef HEAPGRIND_SCANNER_PROCESS_RESIDENT_BYTES_H_
#define HEAPGRIND_SCANNER_PROCESS_RESIDENT_BYTES_H_

#include <cstdint>

namespace heapgrind {

// Bytes; 0 if the system does not say.
uint64_t ResidentBytes();

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_PROCESS_RESIDENT_BYTES_H_

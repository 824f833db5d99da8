// Small files of the system, such as those of /proc.

#ifndef HEAPGRIND_SCANNER_PROCESS_SMALL_FILE_H_
#define HEAPGRIND_SCANNER_PROCESS_SMALL_FILE_H_

#include <cstddef>
#include <cstdint>

namespace heapgrind {

// Reads the file FOLDER/NAME into `text`, `capacity` bytes at most, and ends it
// with a null byte.  Whether there is anything in it.
bool ReadSmallFile(const char* folder, const char* name, char* text,
                   size_t capacity);

// The number behind `key` at the beginning of a line: "anon 4096" or
// "VmSwap:     1234 kB".  Returns 0 if there is no such line.
uint64_t NumberOfKey(const char* text, const char* key);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_PROCESS_SMALL_FILE_H_

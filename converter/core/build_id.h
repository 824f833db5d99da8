// The number by which a linked file is known: the same in the file and in the
// memory of a process that has loaded it.
//
// A note of GNU ld (--build-id), in a segment that is loaded, mostly in the
// first page.  Debian's, Red Hat's and Alpine's files have it, those of pyenv
// and of manylinux wheels do not.

#ifndef HEAPGRIND_CONVERTER_CORE_BUILD_ID_H_
#define HEAPGRIND_CONVERTER_CORE_BUILD_ID_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace heapgrind {

// Reads bytes of a file or of what is loaded of it, from their offset in the
// file.  Whether all were there.
using ReadFileBytes =
    std::function<bool(uint64_t offset, void* to, size_t size)>;

struct ElfIdentity {
  bool is_elf = false;   // Of 64 bits, for x86-64.
  std::string build_id;  // In hexadecimal digits; "": it has none.
};

ElfIdentity Identify(const ReadFileBytes& read);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CORE_BUILD_ID_H_

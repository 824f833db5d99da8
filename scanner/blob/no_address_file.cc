// The blob has no temporary files: it leaves nothing behind, and the copy may
// have no file system to write to.

#include <errno.h>

#include "memory/address_file.h"

namespace heapgrind {

AddressFile::~AddressFile() = default;
int AddressFile::Open() { return ENOTSUP; }
bool AddressFile::Insert(uintptr_t) { return false; }
bool AddressFile::Contains(uintptr_t) { return false; }
void AddressFile::Push(uintptr_t) {}
uintptr_t AddressFile::Take() { return 0; }

}  // namespace heapgrind

// The visited set and the worklist of a scan that must take next to no memory:
// in unlinked temporary files, of which small windows are in memory.
//
// The bitmap's file is sparse: the bit of an address is at the place that the
// address itself gives (one bit for each 16 bytes), so that it needs no table.
// The worklist is a stack, and holds each address at most once.  What the
// kernel caches of the files is not the process's memory.

#ifndef HEAPGRIND_SCANNER_MEMORY_ADDRESS_FILE_H_
#define HEAPGRIND_SCANNER_MEMORY_ADDRESS_FILE_H_

#include <cstddef>
#include <cstdint>

#include "memory/descriptor_list.h"

namespace heapgrind {

class AddressFile {
 public:
  AddressFile() = default;
  AddressFile(const AddressFile&) = delete;
  AddressFile& operator=(const AddressFile&) = delete;
  ~AddressFile();

  // Makes the files in $TMPDIR or /tmp.  Returns 0 or an errno.
  int Open();

  // Adds `address` to the set, and says whether it was absent.
  bool Insert(uintptr_t address);

  // Says whether `address` was inserted.
  bool Contains(uintptr_t address);

  // Puts an address on the worklist.
  void Push(uintptr_t address);

  // Takes one from the worklist; 0 if it is empty.
  uintptr_t Take();

  // Adds the descriptors of the files.
  void AddDescriptors(DescriptorList* list) const {
    list->Add(bitmap_);
    list->Add(worklist_);
  }

  // errno of the first access to a file that failed; 0 if none did.  After that
  // no address is absent and the worklist is empty.
  int error() const { return error_; }

 private:
  static constexpr size_t kWindows = 16;
  static constexpr size_t kWindowBytes = 512;
  static constexpr size_t kStack = 512;

  struct Window {
    uint64_t number;  // Its place in the file, in windows, plus 1; 0: unused.
    bool is_changed;
    uint8_t bits[kWindowBytes];
  };

  Window* Find(uint64_t number);
  void Write(int fd, const void* from, size_t bytes, uint64_t offset);
  void Read(int fd, void* to, size_t bytes, uint64_t offset);

  int bitmap_ = -1;  // Descriptors.
  int worklist_ = -1;
  int error_ = 0;
  uint64_t num_spilled_ = 0;  // Addresses in the worklist's file.
  size_t stack_size_ = 0;
  uintptr_t stack_[kStack];
  Window windows_[kWindows] = {};
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_MEMORY_ADDRESS_FILE_H_

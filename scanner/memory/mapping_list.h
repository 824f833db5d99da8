// The mappings of this process, one after the other: /proc/self/maps, read
// through a buffer that does not grow.

#ifndef HEAPGRIND_SCANNER_MEMORY_MAPPING_LIST_H_
#define HEAPGRIND_SCANNER_MEMORY_MAPPING_LIST_H_

#include <cstddef>
#include <cstdint>

namespace heapgrind {

struct Mapping {
  uintptr_t start;
  uintptr_t end;
  bool is_readable;
  bool is_writable;
  bool is_executable;
  bool is_shared;
  bool is_file;
};

class MappingList {
 public:
  MappingList() = default;
  MappingList(const MappingList&) = delete;
  MappingList& operator=(const MappingList&) = delete;
  ~MappingList();

  // False if the system does not tell.
  bool Open();

  // In the order of addresses.  False after the last.
  bool Next(Mapping* mapping);

 private:
  int NextByte();  // -1 after the last.
  int ReadNumber(uintptr_t* number);
  int SkipTo(char sought);  // The byte, or -1.

  int fd_ = -1;
  size_t size_ = 0;  // Of what is in the buffer, and how far it is read.
  size_t next_ = 0;
  char buffer_[4096];
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_MEMORY_MAPPING_LIST_H_

// The data of program files that may be written: what C variables hold.

#ifndef HEAPGRIND_SCANNER_NATIVE_STATIC_DATA_H_
#define HEAPGRIND_SCANNER_NATIVE_STATIC_DATA_H_

#include <cstddef>
#include <cstdint>

#include "memory/mapped_array.h"

struct dl_phdr_info;

namespace heapgrind {

// One segment, without the part that the loader protects after relocation.
struct DataSegment {
  uintptr_t start;
  uintptr_t end;
  const char* path;  // Of the file; "" for the program's own.
  bool has_objects;  // False for the interpreter's own: the roots have them.
};

class StaticData {
 public:
  // Asks the dynamic linker what is loaded now; the scanner's own file is left
  // out.  Out of memory, the rest is.
  StaticData();

  size_t size() const { return segments_.size(); }
  const DataSegment& operator[](size_t index) const { return segments_[index]; }

 private:
  static int AddFile(struct dl_phdr_info* file, size_t, void* self);

  MappedArray<DataSegment> segments_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_NATIVE_STATIC_DATA_H_

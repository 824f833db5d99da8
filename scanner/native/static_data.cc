#include "native/static_data.h"

#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // dl_phdr_info
#endif
#include <link.h>

#include "cpython/compat.h"
#include "surroundings.h"

namespace heapgrind {
namespace {

using Segment = ElfW(Phdr);

uintptr_t StartOf(const dl_phdr_info* file, const Segment& segment) {
  return file->dlpi_addr + segment.p_vaddr;
}

bool Holds(const dl_phdr_info* file, const void* address) {
  for (int i = 0; i < file->dlpi_phnum; ++i) {
    const Segment& segment = file->dlpi_phdr[i];
    const uintptr_t place = reinterpret_cast<uintptr_t>(address);
    if (segment.p_type == PT_LOAD &&
        place - StartOf(file, segment) < segment.p_memsz) {
      return true;
    }
  }
  return false;
}

// Where the part that is protected after relocation ends; 0: there is none.
uintptr_t EndOfProtected(const dl_phdr_info* file) {
  for (int i = 0; i < file->dlpi_phnum; ++i) {
    const Segment& segment = file->dlpi_phdr[i];
    if (segment.p_type == PT_GNU_RELRO) {
      return StartOf(file, segment) + segment.p_memsz;
    }
  }
  return 0;
}

// True for the interpreter's own files.
bool IsInterpreters(const dl_phdr_info* file) {
  return Holds(file, &PyType_Type) ||
         Holds(file, reinterpret_cast<const void*>(PyType_Type.tp_dealloc));
}

}  // namespace

StaticData::StaticData() { hg_visit_images(AddFile, this); }

int StaticData::AddFile(dl_phdr_info* file, size_t, void* self) {
  if (Holds(file, reinterpret_cast<const void*>(AddFile))) return 0;
  auto* data = static_cast<StaticData*>(self);
  const uintptr_t end_of_protected = EndOfProtected(file);
  for (int i = 0; i < file->dlpi_phnum; ++i) {
    const Segment& segment = file->dlpi_phdr[i];
    if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W) == 0) continue;
    uintptr_t start = StartOf(file, segment);
    const uintptr_t end = start + segment.p_memsz;
    if (start < end_of_protected && end_of_protected <= end) {
      start = end_of_protected;
    }
    const char* path = file->dlpi_name == nullptr ? "" : file->dlpi_name;
    data->segments_.Append({start, end, path, !IsInterpreters(file)});
  }
  return 0;
}

}  // namespace heapgrind

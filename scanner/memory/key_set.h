// Which strings are keys of dictionaries, for dumps without other text.

#ifndef HEAPGRIND_SCANNER_MEMORY_KEY_SET_H_
#define HEAPGRIND_SCANNER_MEMORY_KEY_SET_H_

#include <errno.h>

#include "memory/address_file.h"
#include "cpython/compat.h"
#include "memory/visited_set.h"

namespace heapgrind {

class KeySet {
 public:
  // From now on keeps all in files.  Returns 0 or an errno.
  int UseFiles() {
    uses_files_ = true;
    return files_.Open();
  }

  void Insert(PyObject* key) {
    const uintptr_t address = reinterpret_cast<uintptr_t>(key);
    uses_files_ ? files_.Insert(address) : visited_.Insert(address);
  }

  bool Contains(PyObject* object) {
    const uintptr_t address = reinterpret_cast<uintptr_t>(object);
    return uses_files_ ? files_.Contains(address) : visited_.Contains(address);
  }

  // Adds the descriptors of the files.
  void AddDescriptors(DescriptorList* list) const {
    files_.AddDescriptors(list);
  }

  // 0, or the errno of what has failed.
  int error() const {
    return visited_.out_of_memory() ? ENOMEM : files_.error();
  }

 private:
  bool uses_files_ = false;
  VisitedSet visited_;
  AddressFile files_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_MEMORY_KEY_SET_H_

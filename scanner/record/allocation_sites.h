// Where objects were allocated: numbers the places, and writes each once.
//
// A site is a line of source and the site that called it, so that tracebacks
// which begin alike share their records:
//
//     {"site": 1, "file": "app.py", "line": 90}
//     {"site": 2, "file": "shop.py", "line": 12, "caller": 1}
//     {"site": 3, "file": "shop.py", "line": 14, "caller": 1}

#ifndef HEAPGRIND_SCANNER_RECORD_ALLOCATION_SITES_H_
#define HEAPGRIND_SCANNER_RECORD_ALLOCATION_SITES_H_

#include <cstddef>
#include <cstdint>

#include "cpython/compat.h"
#include "output/output.h"

namespace heapgrind {

// Keeps tracemalloc's tables as they are while it lives.  Wants the GIL.
class SitesLock {
 public:
  SitesLock() : is_locked_(hg_lock_sites() != 0) {}
  SitesLock(const SitesLock&) = delete;
  SitesLock& operator=(const SitesLock&) = delete;
  ~SitesLock() {
    if (is_locked_) hg_unlock_sites();
  }

  bool is_locked() const { return is_locked_; }

 private:
  const bool is_locked_;
};

class AllocationSites {
 public:
  AllocationSites() = default;
  AllocationSites(const AllocationSites&) = delete;
  AllocationSites& operator=(const AllocationSites&) = delete;
  ~AllocationSites();

  // The number of the site where `object` was allocated, from 1; 0 if it was
  // not traced, or `output` has no room for the site.  Writes the records of
  // sites that are new.  Wants a SitesLock that has locked.
  uint32_t Find(PyObject* object, Output* output);

  bool out_of_memory() const { return out_of_memory_; }

 private:
  // What is looked up: a traceback, or a frame with its caller.
  struct Entry {
    uint64_t address;  // Of the traceback or the file's name; 0: free.
    uint64_t rest;     // Line and caller, or kTraceback.
    uint32_t site;
  };

  uint32_t WriteTraceback(const hg_traceback* traceback, Output* output);
  uint32_t WriteFrame(const hg_traced_frame& frame, uint32_t caller,
                      Output* output);
  // The entry with this key, or the free one where it belongs; null if there
  // is no memory left.
  Entry* Look(uint64_t address, uint64_t rest);
  bool MakeRoom();

  Entry* entries_ = nullptr;
  size_t capacity_ = 0;  // A power of two.
  size_t num_entries_ = 0;
  uint32_t num_sites_ = 0;
  bool out_of_memory_ = false;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_ALLOCATION_SITES_H_

// One scan: from the roots over every object to the end record.

#ifndef HEAPGRIND_SCANNER_SCAN_SCAN_H_
#define HEAPGRIND_SCANNER_SCAN_SCAN_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "memory/key_set.h"
#include "memory/mapped_object.h"
#include "record/scan_options.h"

namespace heapgrind {

class Compressor;
class OnePass;
class SitesLock;
struct DescriptorList;

struct ScanResult {
  int error;  // errno of what failed; 0 if all is written.
  uint64_t num_objects;
  uint64_t size;        // Sum of the records' sizes, bytes.
  uint64_t dump_bytes;  // Length of the dump, not compressed.
  // The share of what the allocators have handed out, and is resident or
  // swapped out, that the records account for; negative if the allocators do
  // not say.
  double explained;
  // Objects for which the dump had no room, and the sum of their sizes.
  uint64_t num_left_out;
  uint64_t size_left_out;
};

// How far a scan is, for who watches it from another thread or process.
struct ScanProgress {
  std::atomic<uint64_t> num_objects;
  std::atomic<uint64_t> dump_bytes;
};

// A scan for which everything is at hand.  To make one asks the process about
// itself, loads libraries and opens temporary files; to run it does not: it
// reads memory, maps memory and writes.  So a forked copy of the process can
// run it, in which other threads have left their locks as they were.
class PreparedScan {
 public:
  // Of a dump of this process to `fd`.  Wants the GIL.  `compressor`, which may
  // be null like `progress`, is opened here.
  PreparedScan(int fd, const ScanOptions& options, Compressor* compressor,
               ScanProgress* progress);
  PreparedScan(const PreparedScan&) = delete;
  PreparedScan& operator=(const PreparedScan&) = delete;
  ~PreparedScan();

  // errno of what could not be had: of temporary files, ENOMEM, and ENOSYS if
  // there is no library to compress with; 0 if all is there.
  int error() const { return error_; }

  // Adds the descriptors of the temporary files.
  void AddDescriptors(DescriptorList* list) const;

  // Makes the dump say where objects were allocated, as far as tracemalloc has
  // traced it.  The lock must live until Run() ends.
  void UseSites(const SitesLock& lock);

  // For a forked copy: asks now what of the process is resident.
  void KeepResidentPages(bool low_memory);

  // Writes the dump.  Once, and only if there was no error.  Wants the GIL, and
  // keeps it.  Runs no Python code, allocates no Python object and changes no
  // reference count.  Errors are those of write(2) and of temporary files,
  // ENOMEM, and EIO if the library to compress with fails.
  ScanResult Run();

 private:
  int Make(MappedObject<OnePass>* pass, int fd, const ScanOptions& options,
           Compressor* compressor, bool collects_keys, ScanProgress* progress);

  int error_ = 0;
  MappedObject<KeySet> keys_;
  MappedObject<OnePass> first_;  // Collects keys; none if one pass is enough.
  MappedObject<OnePass> last_;   // Writes.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_SCAN_SCAN_H_

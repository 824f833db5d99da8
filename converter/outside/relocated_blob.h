// A blob as it lies in memory: the dynamic linker's work, for a process that
// runs none of it.

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_RELOCATED_BLOB_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_RELOCATED_BLOB_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace heapgrind {

struct BlobSegment {
  uint64_t address = 0;     // Of its first page.
  uint32_t protection = 0;  // PROT_*.
  std::string bytes;        // Whole pages.
};

struct RelocatedBlob {
  std::vector<BlobSegment> segments;
  uint64_t end = 0;    // Behind the last segment.
  uint64_t entry = 0;  // Where it begins.
};

// The address of a symbol that the blob wants of the process; 0 if that does
// not have it.
using SymbolAddress = std::function<uint64_t(const std::string& name)>;

// Makes of the ELF file `blob` what lies at `base`, a multiple of a page.
//
// Errors: Unavailable: it is none, or has what blobs may not have (needs
// libraries, other relocations than those of x86-64 for addresses), or the
// process lacks a symbol that is not weak.
absl::StatusOr<RelocatedBlob> RelocateBlob(absl::string_view blob,
                                           uint64_t base,
                                           const SymbolAddress& address_of);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_RELOCATED_BLOB_H_

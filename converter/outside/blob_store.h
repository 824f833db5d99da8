// The blobs that there are: scanners, each for one version of CPython.
//
// They stand in a section of this program's own file that is not loaded,
// kSection, or in a folder, as heapgrind-TAG.blob.  The section (all numbers
// little-endian, 64 bits; converter/add_blobs.py writes it):
//
//     "HGBLOBS1", number of blobs,
//     for each: tag (16 bytes, zeros behind it), offset in the section and size
//               of what zstd made of it, its own size,
//     what zstd made of them

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_BLOB_STORE_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_BLOB_STORE_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace heapgrind {

class BlobStore {
 public:
  // Those in `program`, an ELF file such as /proc/self/exe; none if it has no
  // such section.  Unavailable: it cannot be read, or the section is damaged.
  static absl::StatusOr<BlobStore> OfProgram(const std::string& program);

  // Those in a folder.  Unavailable: it cannot be read.
  static absl::StatusOr<BlobStore> OfFolder(const std::string& folder);

  // In alphabetical order, but numbers by their value: cp38 before cp310.
  std::vector<std::string> Tags() const;

  bool Has(const std::string& tag) const { return places_.count(tag) > 0; }

  // The blob with that tag, which Has() it.  Unavailable: it cannot be read, or
  // is damaged.
  absl::StatusOr<std::string> Load(const std::string& tag) const;

 private:
  struct Place {
    std::string file;
    uint64_t offset = 0;  // In the file.
    uint64_t size = 0;    // In the file; 0: the file is the blob.
    uint64_t full_size = 0;
  };

  absl::Status ReadIndex(const std::string& program, uint64_t offset,
                         uint64_t size);

  std::map<std::string, Place> places_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_BLOB_STORE_H_

// What compresses a dump while it is written.
//
// The library that does it is loaded when a dump asks for it, so that the
// extension does not need it otherwise.  Its memory comes from mappings, not
// from malloc, because the heap must not change while it is scanned.

#ifndef HEAPGRIND_SCANNER_OUTPUT_COMPRESSOR_H_
#define HEAPGRIND_SCANNER_OUTPUT_COMPRESSOR_H_

#include <cstddef>
#include <string_view>

namespace heapgrind {

// The forms of a dump.  heapgrind/_file_names.py has the same numbers.
enum class Compression { kNone = 0, kGzip = 1, kZstd = 2 };

class Compressor {
 public:
  Compressor() = default;
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;

  // Returns 0, or an errno: ENOSYS if this system does not have the library.
  virtual int Open() = 0;

  // What is compressed next.  The last input must have been used up.
  virtual void SetInput(const void* start, size_t bytes) = 0;

  // Sets *piece to the next piece of output, valid until the next call.
  // *has_more says whether to call again for the same input; `is_last` that no
  // input follows.  Returns 0, or EIO if the library fails.
  virtual int Compress(bool is_last, std::string_view* piece,
                       bool* has_more) = 0;

 protected:
  static constexpr size_t kPieceBytes = size_t{1} << 15;

  ~Compressor() = default;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_OUTPUT_COMPRESSOR_H_

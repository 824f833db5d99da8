// A dump that comes from a copy, which may be damaged in any way: each line is
// looked at before it counts, and the end record must agree with all of them.
//
// Objects beyond the size that the user wants are left out, and counted in the
// end record.  Memory: 1 MiB; if the size is limited, up to that for a line.

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_DUMP_CHECK_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_DUMP_CHECK_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "converter/files/compressed_output.h"

namespace heapgrind {

// Bytes that no dump of a process with so much memory has.
uint64_t MostTextOfDump(uint64_t memory);

class DumpCheck {
 public:
  // Writes to `output`.  `max_bytes`: of the file; 0: any number.  `most_text`:
  // bytes that are too many for a dump of the process.
  DumpCheck(uint64_t max_bytes, uint64_t most_text, DumpOutput* output)
      : max_bytes_(max_bytes), most_text_(most_text), output_(*output) {}

  // Takes the next bytes.  Unavailable: they are not of a dump, or cannot be
  // written.
  absl::Status Take(absl::string_view bytes);

  // Unavailable: the dump is not whole.
  absl::Status Finish();

  // Of what was written.
  uint64_t objects() const { return objects_ - left_out_; }
  uint64_t size() const { return size_ - left_out_size_; }
  uint64_t left_out() const { return left_out_; }
  uint64_t bytes() const { return bytes_; }  // That were taken.

 private:
  absl::Status TakePart(absl::string_view part);
  absl::Status EndLine();
  absl::Status EndObject();
  absl::Status EndDump();
  bool FindRoom();
  uint64_t RoomLeft() const;
  void WriteLine(absl::string_view line);

  const uint64_t max_bytes_;
  const uint64_t most_text_;
  DumpOutput& output_;
  uint64_t bytes_ = 0;
  uint64_t lines_ = 0;
  uint64_t objects_ = 0;
  uint64_t size_ = 0;
  uint64_t left_out_ = 0;
  uint64_t left_out_size_ = 0;
  bool has_end_ = false;
  bool is_full_ = false;
  // Of the line that has begun.
  std::string head_;       // Its first bytes, or all if they wait for its end.
  bool is_begun_ = false;  // What was taken of it is written.
  uint64_t length_ = 0;
  char last_ = 0;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_DUMP_CHECK_H_

// A dump that can be read more than once, also if it comes through a pipe.

#ifndef HEAPGRIND_CONVERTER_FILES_REREADABLE_INPUT_H_
#define HEAPGRIND_CONVERTER_FILES_REREADABLE_INPUT_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "converter/files/byte_source.h"

namespace heapgrind {

class RereadableInput {
 public:
  // The dump at `path`; "-" is standard input.
  explicit RereadableInput(absl::string_view path) : path_(path) {}
  ~RereadableInput();
  RereadableInput(const RereadableInput&) = delete;
  RereadableInput& operator=(const RereadableInput&) = delete;

  // The dump from its beginning (dump_source.h), as often as it is wanted.
  // While standard input is read for the first time, which must be to its end,
  // it is copied as it is to a file in $TMPDIR (else /tmp) that vanishes with
  // this object.  Unavailable: there is no room.
  absl::StatusOr<std::unique_ptr<ByteSource>> Open();

 private:
  std::string path_;
  int descriptor_ = -1;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_FILES_REREADABLE_INPUT_H_

// A dump that can be read more than once, also if it comes through a pipe.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_STRIP_KEPT_INPUT_H_
#define HEAPGRIND_CONVERTER_COMMANDS_STRIP_KEPT_INPUT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace heapgrind {

class KeptInput {
 public:
  // The dump at `path`; "-" is standard input.
  explicit KeptInput(absl::string_view path) : path_(path) {}
  ~KeptInput();
  KeptInput(const KeptInput&) = delete;
  KeptInput& operator=(const KeptInput&) = delete;

  // Makes it readable more than once: copies standard input, as it is, to a
  // file in $TMPDIR (else /tmp) that vanishes with this object.  Unavailable:
  // there is no room, or standard input cannot be read.
  absl::Status Keep();

  // What to open.
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  int descriptor_ = -1;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_STRIP_KEPT_INPUT_H_

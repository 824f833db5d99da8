// Whether a file may be written to a place, and how private it has to be.

#ifndef HEAPGRIND_CONVERTER_OUTPUT_PLACE_H_
#define HEAPGRIND_CONVERTER_OUTPUT_PLACE_H_

#include <sys/types.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace heapgrind {

// FailedPrecondition if `path` ("" and "-" are standard output) is one of
// `inputs` ("-" is standard input), by whatever name or link: what is written
// would take the place of what is read.  Only regular files can be.
absl::Status CheckNoInput(absl::string_view path,
                          absl::Span<const std::string> inputs);

// FailedPrecondition, with a hint, if `path` is "" and standard output a
// terminal: a `what` ("profile") is for programs, and would rather be in a file
// called `example`.  "-" asks for it all the same.
absl::Status CheckNoTerminal(absl::string_view path, absl::string_view what,
                             absl::string_view example);

// PermissionDenied if a link on the way to `path`, or the device or pipe that
// is there, stands in a folder where everybody may put things (sticky and
// world-writable, as /tmp) and belongs to somebody else: neither to this user
// nor to the folder's owner.  It could lead a writer anywhere.  The rule is
// that of Linux (proc(5), protected_symlinks and protected_fifos), for systems
// that have it off.
absl::Status CheckNobodyElses(const std::string& path);

// The permissions, before the umask, of a file made of `inputs`: nobody but its
// owner may do to it what any of them forbids.  Pipes forbid nothing.
mode_t ModeOfOutput(absl::Span<const std::string> inputs);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTPUT_PLACE_H_

// How programs end.

#ifndef HEAPGRIND_CONVERTER_EXIT_STATUS_H_
#define HEAPGRIND_CONVERTER_EXIT_STATUS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace heapgrind {

// The exit status of a program that ends so: 0 if it is done; else, with the
// message on standard error, 2 for FailedPrecondition, which the command line
// is to blame for, and 1 for all else.  Cancelled, of OutputFile, means that
// nobody reads the output any more: without a word the process ends by SIGPIPE,
// as cat(1) does, which a shell calls 141.
int ExitStatus(absl::string_view program, const absl::Status& status);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_EXIT_STATUS_H_

// Recognizes files that are not heap dumps, so that the error can say what to
// do.

#ifndef HEAPGRIND_CONVERTER_DUMP_FOREIGN_INPUT_H_
#define HEAPGRIND_CONVERTER_DUMP_FOREIGN_INPUT_H_

#include "absl/strings/string_view.h"

namespace heapgrind {

// A line "\nhint: ..." to append to the error about the first line of a file,
// `line`; empty when nothing helpful is known.
absl::string_view HintAboutForeignInput(absl::string_view line);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_FOREIGN_INPUT_H_

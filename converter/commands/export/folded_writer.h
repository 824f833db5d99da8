// Writes a profile as folded stacks, which flame graphs are drawn from
// (flamegraph.pl, inferno, speedscope): a line for each row, with the names of
// its owners from main on and the bytes of the row itself.
//
//     main;module::app (app);dict::CACHE (app.CACHE) 36960

#ifndef HEAPGRIND_CONVERTER_COMMANDS_EXPORT_FOLDED_WRITER_H_
#define HEAPGRIND_CONVERTER_COMMANDS_EXPORT_FOLDED_WRITER_H_

#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "converter/commands/export/stack_rows.h"

namespace heapgrind {

// Hands the lines to `write`, one by one, those of rows without bytes left out.
// A semicolon in a name becomes <U+003B>.
void WriteFolded(const std::vector<StackRow>& rows,
                 absl::FunctionRef<void(absl::string_view)> write);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_EXPORT_FOLDED_WRITER_H_

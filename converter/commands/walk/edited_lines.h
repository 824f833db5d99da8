// Lines that a person types at a terminal, with editing, history and
// completion.
//
// By libedit, which has the licence and the size that a program for every
// machine needs; GNU readline has neither.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_WALK_EDITED_LINES_H_
#define HEAPGRIND_CONVERTER_COMMANDS_WALK_EDITED_LINES_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "converter/commands/walk/completion.h"
#include "converter/commands/walk/line_source.h"

namespace heapgrind {

// What may complete a line that ends at the cursor.
using CompleteLine = std::function<Completion(std::string_view line)>;

// Lines of the terminal that is standard input and output.  The arrow keys,
// Ctrl-R and the other keys of Emacs edit and recall, Tab completes, Ctrl-C
// gives a line up, Ctrl-D on an empty line ends.  The history lasts as long as
// this object.  Null if the terminal cannot be edited on.  Only one at a time.
std::unique_ptr<LineSource> EditedLines(CompleteLine complete);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_WALK_EDITED_LINES_H_

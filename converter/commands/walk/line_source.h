// Where the lines of a walk come from: a person at a terminal, a pipe or file,
// the command line.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_WALK_LINE_SOURCE_H_
#define HEAPGRIND_CONVERTER_COMMANDS_WALK_LINE_SOURCE_H_

#include <cstdint>
#include <memory>
#include <string>

namespace heapgrind {

class LineSource {
 public:
  virtual ~LineSource() = default;

  // Puts the next line, without its newline, into `line`; false at the end.
  // Shows `prompt` if a person types it.
  virtual bool Next(const std::string& prompt, std::string* line) = 0;

  // What messages call the line that came last: "<stdin>:3: "; "" where its
  // author sees it.
  virtual std::string Position() const = 0;
};

// The lines of `text`, which messages call `name`.
std::unique_ptr<LineSource> LinesOfText(const std::string& name,
                                        const std::string& text);

// The lines of standard input.
std::unique_ptr<LineSource> LinesOfStandardInput();

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_WALK_LINE_SOURCE_H_

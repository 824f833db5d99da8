// Tells a person at a terminal how far the work is, on one line that vanishes.
//
// The line appears once the work takes longer than a second and changes five
// times a second at most.

#ifndef HEAPGRIND_CONVERTER_CLI_PROGRESS_LINE_H_
#define HEAPGRIND_CONVERTER_CLI_PROGRESS_LINE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "absl/strings/string_view.h"
#include "converter/base/progress.h"

namespace heapgrind {

class ProgressLine : public Progress {
 public:
  using Clock = std::function<double()>;  // Seconds since some moment.
  using Write = std::function<void(absl::string_view)>;

  // Writes to standard error; nothing at all if that is no terminal.
  ProgressLine();

  // Takes its time from `clock` and shows the line with `write`.
  ProgressLine(Clock clock, Write write);

  // Erases the line.
  ~ProgressLine() override;
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void StartStage(absl::string_view name) override;

  // Shows a percentage, or megabytes if `total` is 0.  Reads the clock, about
  // 25 ns.
  void Update(uint64_t done, uint64_t total) override;

  void Erase() override;

 private:
  void Show(absl::string_view text);

  const Clock clock_;
  const Write write_;  // Empty if nothing is to be shown.
  const double start_;
  double last_shown_ = 0;
  size_t shown_columns_ = 0;
  std::string stage_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CLI_PROGRESS_LINE_H_

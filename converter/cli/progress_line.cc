#include "converter/cli/progress_line.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "converter/base/visible_text.h"

namespace heapgrind {
namespace {

constexpr double kDelay = 1.0;           // Seconds before the line appears.
constexpr double kInterval = 0.2;        // Seconds between two changes.
constexpr size_t kMaxStageColumns = 60;  // So that the line fits a terminal.

double SteadySeconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

void WriteToStandardError(absl::string_view text) {
  // A terminal that does not take the line is no reason to stop.
  [[maybe_unused]] const ssize_t count =
      write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

ProgressLine::ProgressLine()
    : ProgressLine(SteadySeconds, isatty(STDERR_FILENO)
                                      ? Write(WriteToStandardError)
                                      : Write()) {}

ProgressLine::ProgressLine(Clock clock, Write write)
    : clock_(std::move(clock)), write_(std::move(write)), start_(clock_()) {}

ProgressLine::~ProgressLine() { Erase(); }

void ProgressLine::StartStage(absl::string_view name) {
  // A name may hold a file's, which may hold anything.
  stage_ = VisibleText({name.data(), name.size()});
  size_t size = std::min(stage_.size(), kMaxStageColumns);
  // Not in the middle of a character.
  while (size < stage_.size() && (stage_[size] & 0xC0) == 0x80) --size;
  stage_.resize(size);
  if (!write_ || clock_() - start_ < kDelay) return;
  Show(stage_);
}

void ProgressLine::Update(uint64_t done, uint64_t total) {
  if (!write_) return;
  const double now = clock_();
  if (now - start_ < kDelay || now - last_shown_ < kInterval) return;
  if (total == 0) {
    Show(absl::StrCat(stage_, ": ", done / 1000000, " MB"));
  } else {
    const double percent = 100.0 * static_cast<double>(done) / total;
    Show(absl::StrCat(stage_, ": ", static_cast<uint64_t>(percent), " %"));
  }
}

void ProgressLine::Erase() {
  if (shown_columns_ == 0) return;
  write_(absl::StrCat("\r", std::string(shown_columns_, ' '), "\r"));
  shown_columns_ = 0;
  last_shown_ = 0;
}

void ProgressLine::Show(absl::string_view text) {
  const size_t rest =
      shown_columns_ > text.size() ? shown_columns_ - text.size() : 0;
  write_(absl::StrCat("\r", text, std::string(rest, ' ')));
  shown_columns_ = text.size();
  last_shown_ = clock_();
}

}  // namespace heapgrind

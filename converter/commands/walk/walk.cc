#include "converter/commands/walk/walk.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "converter/base/visible_text.h"
#include "converter/cli/messages.h"
#include "converter/cli/progress_line.h"
#include "converter/cli/terminal.h"
#include "converter/cli/text_width.h"
#include "converter/commands/analyzed_heap.h"
#include "converter/commands/collectors.h"
#include "converter/commands/report_options.h"
#include "converter/commands/value_texts.h"
#include "converter/commands/walk/answer.h"
#include "converter/commands/walk/completion.h"
#include "converter/commands/walk/edited_lines.h"
#include "converter/commands/walk/line_source.h"
#include "converter/commands/walk/question.h"
#include "converter/commands/walk/walk_commands.h"
#include "converter/commands/walk/walk_heap.h"
#include "converter/commands/walk/walk_options.h"
#include "converter/commands/walk/walk_state.h"
#include "converter/files/output_place.h"

namespace heapgrind {
namespace {

constexpr absl::string_view kProgram = "heapgrind walk";
constexpr size_t kMaxPromptWidth = 40;

// Set by Ctrl-C while a command runs: what it writes is no longer wanted.
volatile std::sig_atomic_t is_interrupted = 0;

void OnInterrupt(int) { is_interrupted = 1; }

// Writes text to standard output, a line after the other, until the user
// interrupts.  Unavailable: it cannot be written.
absl::Status Write(absl::string_view text) {
  while (!text.empty() && is_interrupted == 0) {
    const size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    std::fwrite(text.data(), 1, end, stdout);
    text.remove_prefix(end);
  }
  if (std::fflush(stdout) == 0) return absl::OkStatus();
  const absl::StatusCode code = errno == EPIPE ? absl::StatusCode::kCancelled
                                               : absl::StatusCode::kUnavailable;
  return absl::Status(code,
                      "<stdout>: expected a reader of the answers, got none");
}

class Walk {
 public:
  Walk(const WalkOptions& options, WalkHeap* heap)
      : options_(options), state_(heap) {}

  // Answers until there are no more lines; the exit status.
  int Run() {
    const std::unique_ptr<LineSource> lines = Lines();
    std::string line;
    while (!has_quit_ && status_.ok() && lines->Next(Prompt(), &line)) {
      is_interrupted = 0;
      AnswerLine(line, *lines);
    }
    if (!status_.ok()) return ExitStatus(kProgram, status_);
    return has_failed_ ? 1 : 0;
  }

 private:
  std::unique_ptr<LineSource> Lines() {
    if (options_.commands.has_value()) {
      return LinesOfText("<commands>", *options_.commands);
    }
    if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)) {
      std::signal(SIGINT, OnInterrupt);
      std::unique_ptr<LineSource> lines = EditedLines(
          [this](std::string_view line) { return Complete(line, &state_); });
      if (lines != nullptr) return lines;
    }
    return LinesOfStandardInput();
  }

  std::string Prompt() {
    const std::string name = VisibleText(state_.NameOf(state_.here()));
    return CutText(name, kMaxPromptWidth) + "> ";
  }

  void AnswerLine(const std::string& line, const LineSource& lines) {
    const absl::StatusOr<std::vector<Question>> questions =
        ParseQuestions(line);
    if (!questions.ok()) return Fail("", questions.status(), lines);
    for (const Question& question : *questions) {
      has_quit_ = question.command == "quit" || question.command == "exit";
      if (has_quit_ || is_interrupted != 0) return;
      AnswerQuestion(question, lines);
    }
  }

  void AnswerQuestion(const Question& question, const LineSource& lines) {
    const absl::StatusOr<Answer> answer = Ask(question, &state_);
    if (!answer.ok()) {
      return Fail(question.command, answer.status(), lines);
    }
    status_ = Write(options_.report.json
                        ? AnswerJson(question.command, *answer)
                        : AnswerText(*answer, StyleOfStandardOutput()));
  }

  void Fail(const std::string& command, const absl::Status& status,
            const LineSource& lines) {
    has_failed_ = true;
    if (options_.report.json) {
      status_ = Write(ErrorJson(command, std::string(status.message())));
    }
    Say(kProgram, absl::StrCat(lines.Position(), status.message()));
  }

  const WalkOptions& options_;
  WalkState state_;
  bool has_quit_ = false;
  bool has_failed_ = false;
  absl::Status status_;  // Of the output.
};

}  // namespace

int RunWalk(int argc, char** argv) {
  WalkOptions options;
  const ParsedWords parsed = ParseWalkOptions(argc, argv, &options);
  if (parsed.exit_status.has_value()) return Finish(parsed);
  const absl::Status is_safe = CheckNoInput("-", {options.dump});
  if (!is_safe.ok()) return ExitStatus(kProgram, is_safe);
  ProgressLine progress;
  const Collectors<ValueCollector> collectors(options.report.heap);
  const absl::StatusOr<std::unique_ptr<AnalyzedHeap>> loaded =
      AnalyzedHeap::Load(kProgram, options.dump, options.report.heap,
                         /*keeps_overhead=*/false, &progress, collectors.sinks);
  if (!loaded.ok()) return ExitStatus(kProgram, loaded.status());
  WalkHeap heap(loaded->get(), ValueTexts((*loaded)->graph(), collectors.all));
  return Walk(options, &heap).Run();
}

}  // namespace heapgrind

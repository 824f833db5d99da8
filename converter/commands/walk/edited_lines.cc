#include "converter/commands/walk/edited_lines.h"

#include <histedit.h>

#include <algorithm>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "converter/base/visible_text.h"
#include "converter/cli/terminal.h"
#include "converter/cli/text_width.h"

namespace heapgrind {
namespace {

constexpr int kHistorySize = 1000;      // Lines.
constexpr size_t kMaxCandidates = 200;  // More than one looks through.

// The candidates in columns, as wide as the terminal allows.
std::string ColumnsOf(std::vector<std::string> candidates) {
  for (std::string& candidate : candidates) candidate = VisibleText(candidate);
  const size_t num_shown = std::min(candidates.size(), kMaxCandidates);
  size_t width = 0;
  for (size_t i = 0; i < num_shown; ++i) {
    width = std::max(width, TextWidth(candidates[i]) + 2);
  }
  const size_t num_columns =
      std::max<size_t>(1, StyleOfStandardOutput().num_columns / width);
  std::string text;
  for (size_t i = 0; i < num_shown; ++i) {
    const bool ends_line = (i + 1) % num_columns == 0 || i + 1 == num_shown;
    const size_t gap = ends_line ? 0 : width - TextWidth(candidates[i]);
    absl::StrAppend(&text, candidates[i], std::string(gap, ' '),
                    ends_line ? "\n" : "");
  }
  if (num_shown < candidates.size()) {
    absl::StrAppend(&text, candidates.size() - num_shown, " more\n");
  }
  return text;
}

class Editor : public LineSource {
 public:
  explicit Editor(CompleteLine complete) : complete_(std::move(complete)) {
    // For the widths of characters; numbers stay as they are.
    std::setlocale(LC_CTYPE, "");
    edit_ = el_init("heapgrind", stdin, stdout, stderr);
    history_ = history_init();
    if (!is_ready()) return;
    HistEvent event;
    history(history_, &event, H_SETSIZE, kHistorySize);
    history(history_, &event, H_SETUNIQUE, 1);
    el_set(edit_, EL_CLIENTDATA, this);
    el_set(edit_, EL_PROMPT, &Prompt);
    el_set(edit_, EL_EDITOR, "emacs");
    el_set(edit_, EL_HIST, history, history_);
    el_set(edit_, EL_SIGNAL, 1);
    BindKeys();
  }

  ~Editor() override {
    if (history_ != nullptr) history_end(history_);
    if (edit_ != nullptr) el_end(edit_);
  }

  bool is_ready() const { return edit_ != nullptr && history_ != nullptr; }

  bool Next(const std::string& prompt, std::string* line) override {
    prompt_ = prompt;
    is_given_up_ = false;
    // el_gets() does this after it has written the prompt: what a quick person
    // types in between the terminal would echo, and Ctrl-Z stop us too early.
    el_set(edit_, EL_PREP_TERM, 1);
    int size = 0;
    const char* const text = el_gets(edit_, &size);
    line->clear();
    if (is_given_up_) return true;
    if (text == nullptr || size <= 0) {
      std::fputs("\n", stdout);
      return false;
    }
    line->assign(text, static_cast<size_t>(size));
    while (!line->empty() && line->back() == '\n') line->pop_back();
    HistEvent event;
    if (!line->empty()) history(history_, &event, H_ENTER, line->c_str());
    return true;
  }

  std::string Position() const override { return ""; }

 private:
  static Editor* Of(EditLine* edit) {
    void* editor = nullptr;
    el_get(edit, EL_CLIENTDATA, &editor);
    return static_cast<Editor*>(editor);
  }

  // libedit does not change it.
  static char* Prompt(EditLine* edit) { return &Of(edit)->prompt_[0]; }

  // Ctrl-C and Ctrl-Z come as keys, so that they find the editor in order.
  void BindKeys() {
    el_set(edit_, EL_SETTY, "-d", "-isig", nullptr);
    el_set(edit_, EL_ADDFN, "give-up", "Give the line up", &GiveUp);
    el_set(edit_, EL_ADDFN, "complete", "Complete the word", &CompleteWord);
    el_set(edit_, EL_ADDFN, "suspend", "Suspend the program", &Suspend);
    el_set(edit_, EL_BIND, "^Z", "suspend", nullptr);
    el_set(edit_, EL_BIND, "^C", "give-up", nullptr);
    el_set(edit_, EL_BIND, "^I", "complete", nullptr);
    el_set(edit_, EL_BIND, "^R", "em-inc-search-prev", nullptr);
  }

  static unsigned char GiveUp(EditLine* edit, int) {
    Of(edit)->is_given_up_ = true;
    std::fputs("^C\n", stdout);
    return CC_NEWLINE;
  }

  // libedit's handler gives the terminal back first.
  static unsigned char Suspend(EditLine*, int) {
    std::raise(SIGTSTP);
    return CC_REDISPLAY;
  }

  static unsigned char CompleteWord(EditLine* edit, int) {
    return Of(edit)->CompleteHere();
  }

  unsigned char CompleteHere() {
    const LineInfo* const info = el_line(edit_);
    const Completion completion = complete_(std::string_view(
        info->buffer, static_cast<size_t>(info->cursor - info->buffer)));
    if (completion.candidates.empty()) return CC_REFRESH_BEEP;
    const std::string prefix = CommonPrefix(completion.candidates);
    if (prefix.size() > completion.num_replaced) {
      // The candidates begin with what is there.
      el_insertstr(edit_, prefix.substr(completion.num_replaced).c_str());
      return CC_REFRESH;
    }
    if (completion.candidates.size() == 1) return CC_NORM;
    std::fputs(("\n" + ColumnsOf(completion.candidates)).c_str(), stdout);
    std::fflush(stdout);
    return CC_REDISPLAY;
  }

  const CompleteLine complete_;
  EditLine* edit_ = nullptr;
  History* history_ = nullptr;
  std::string prompt_;
  bool is_given_up_ = false;
};

}  // namespace

std::unique_ptr<LineSource> EditedLines(CompleteLine complete) {
  auto editor = std::make_unique<Editor>(std::move(complete));
  if (!editor->is_ready()) return nullptr;
  return editor;
}

}  // namespace heapgrind

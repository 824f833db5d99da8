#include "converter/commands/walk/question.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "converter/base/abseil_view.h"
#include "converter/cli/option_parser.h"
#include "converter/commands/walk/python_text.h"

namespace heapgrind {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// The size of the word that `line` begins with; 0 if a quote in it does not
// end.
size_t WordSize(std::string_view line) {
  size_t depth = 0;
  size_t i = 0;
  while (i < line.size()) {
    const char c = line[i];
    const bool is_end = c == ';' || kBlanks.find(c) != std::string_view::npos;
    if (is_end && depth == 0) break;
    std::string text;
    size_t size = 1;
    const bool is_quote = c == '\'' || c == '"';
    if (is_quote && !UnquoteText(line.substr(i), &text, &size)) return 0;
    if (c == '[' || c == '{') ++depth;
    if ((c == ']' || c == '}') && depth > 0) --depth;
    i += size;
  }
  return i;
}

// Makes `words` one command.
absl::StatusOr<Question> ParseQuestion(std::vector<std::string> words) {
  Question question;
  question.command = words[0];
  for (size_t i = 1; i < words.size(); ++i) {
    if (words[i] != "-n") {
      question.words.push_back(words[i]);
      continue;
    }
    uint64_t number = 0;
    const std::string value = ++i < words.size() ? words[i] : "";
    const bool is_number =
        ParseWholeNumber("", value, 1, SIZE_MAX, &number).ok();
    if (!is_number) return ExpectedOption("a number of rows after -n", value);
    question.max_rows = number;
  }
  return question;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> SplitWords(std::string_view line) {
  std::vector<std::string> words;
  for (;;) {
    const size_t begin = line.find_first_not_of(kBlanks);
    if (begin == line.npos) return words;
    line.remove_prefix(begin);
    const size_t size = line[0] == ';' ? 1 : WordSize(line);
    if (size == 0) {
      return absl::InvalidArgumentError(absl::StrCat(
          "expected an end of the quote in ", View(line), ", got none"));
    }
    words.emplace_back(line.substr(0, size));
    line.remove_prefix(size);
  }
}

absl::StatusOr<std::vector<Question>> ParseQuestions(std::string_view line) {
  std::vector<Question> questions;
  const size_t begin = line.find_first_not_of(kBlanks);
  if (begin == line.npos || line[begin] == '#') return questions;
  absl::StatusOr<std::vector<std::string>> words = SplitWords(line);
  if (!words.ok()) return words.status();
  for (auto from = words->begin(); from != words->end();) {
    const auto to = std::find(from, words->end(), ";");
    if (from != to) {
      const absl::StatusOr<Question> question =
          ParseQuestion(std::vector<std::string>(from, to));
      if (!question.ok()) return question.status();
      questions.push_back(*question);
    }
    from = to == words->end() ? to : to + 1;
  }
  return questions;
}

}  // namespace heapgrind

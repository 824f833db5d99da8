#include "converter/python/python_statements.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace heapgrind {
namespace {

// By byte: whether it is one of a set.
using ByteSet = std::array<bool, 256>;

constexpr ByteSet SetOf(std::string_view bytes) {
  ByteSet set = {};
  for (const char c : bytes) set[static_cast<unsigned char>(c)] = true;
  return set;
}

// What a statement's text is not simply made of.
constexpr ByteSet kSpecial = SetOf("\n\r#\"'\\()[]{}");

// What counts inside a string in one and in the other kind of quotes.
constexpr ByteSet kSpecialInDouble = SetOf("\n\\\"");
constexpr ByteSet kSpecialInSingle = SetOf("\n\\'");

class Splitter {
 public:
  Splitter(std::string_view source,
           absl::FunctionRef<void(const PythonStatement&)> take)
      : source_(source), take_(take) {}

  void Split() {
    while (at_ < source_.size()) Step();
    EndStatement();
  }

 private:
  // Takes a run of plain characters, a string, a comment or a line break.
  void Step() {
    const char c = source_[at_];
    if (c == '\n') {
      EndLine();
    } else if (c == '#') {
      at_ = std::min(source_.find('\n', at_), source_.size());
    } else if (c == '"' || c == '\'') {
      TakeString(c);
    } else if (c == '\\' && at_ + 1 < source_.size() &&
               source_[at_ + 1] == '\n') {
      ++line_;
      at_ += 2;
    } else if (text_.empty() && (c == ' ' || c == '\t')) {
      Indent(c);
    } else if (IsIn(kSpecial, c)) {
      TakeSpecial(c);
    } else {
      TakeRun();
    }
  }

  static bool IsIn(const ByteSet& set, char c) {
    return set[static_cast<unsigned char>(c)];
  }

  // The place of the next byte of `set`, or the end.
  size_t Next(const ByteSet& set) const {
    size_t end = at_;
    while (end < source_.size() && !IsIn(set, source_[end])) ++end;
    return end;
  }

  void EndLine() {
    ++at_;
    ++line_;
    if (depth_ > 0) {
      text_ += ' ';
    } else {
      EndStatement();
    }
  }

  void EndStatement() {
    statement_.text = text_;
    if (!text_.empty()) take_(statement_);
    text_.clear();
    statement_ = PythonStatement();
    depth_ = 0;
  }

  void Indent(char c) {
    ++at_;
    statement_.indent =
        c == ' ' ? statement_.indent + 1 : (statement_.indent / 8 + 1) * 8;
  }

  // A bracket, a backslash inside of a line, or a carriage return.
  void TakeSpecial(char c) {
    Begin();
    ++at_;
    if (c == '(' || c == '[' || c == '{') ++depth_;
    if ((c == ')' || c == ']' || c == '}') && depth_ > 0) --depth_;
    if (c != '\r') text_ += c;
  }

  void TakeRun() {
    Begin();
    const size_t end = Next(kSpecial);
    text_.append(source_.data() + at_, end - at_);
    at_ = end;
  }

  void TakeString(char quote) {
    Begin();
    const char triple[] = {quote, quote, quote};
    const std::string_view end_of_triple(triple, sizeof(triple));
    const bool is_triple = source_.substr(at_, 3) == end_of_triple;
    const ByteSet& special = quote == '"' ? kSpecialInDouble : kSpecialInSingle;
    at_ += is_triple ? 3 : 1;
    for (at_ = Next(special); at_ < source_.size(); at_ = Next(special)) {
      const char c = source_[at_];
      // A line break ends a plain string, too: the source is not correct.
      const bool is_end =
          is_triple ? source_.substr(at_, 3) == end_of_triple : c != '\\';
      if (is_end) break;
      if (c == '\\' && at_ + 1 < source_.size()) ++at_;
      if (source_[at_] == '\n') ++line_;
      ++at_;
    }
    if (at_ < source_.size() && source_[at_] == quote) at_ += is_triple ? 3 : 1;
    text_ += "\"\"";
  }

  void Begin() {
    if (text_.empty()) statement_.line = line_;
  }

  const std::string_view source_;
  const absl::FunctionRef<void(const PythonStatement&)> take_;
  size_t at_ = 0;
  uint32_t line_ = 1;
  int depth_ = 0;  // Of open brackets.
  PythonStatement statement_;
  std::string text_;  // Of the statement.
};

}  // namespace

void SplitPythonStatements(
    std::string_view source,
    absl::FunctionRef<void(const PythonStatement&)> take) {
  Splitter(source, take).Split();
}

}  // namespace heapgrind

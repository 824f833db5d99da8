#include "converter/python_statements.h"

#include <cstddef>
#include <utility>

namespace heapgrind {
namespace {

class Splitter {
 public:
  explicit Splitter(std::string_view source) : source_(source) {}

  std::vector<PythonStatement> Split() {
    while (at_ < source_.size()) Step();
    EndStatement();
    return std::move(statements_);
  }

 private:
  // Takes one character, string, comment or line break.
  void Step() {
    const char c = source_[at_];
    if (c == '\n') {
      EndLine();
    } else if (c == '#') {
      SkipComment();
    } else if (c == '"' || c == '\'') {
      TakeString(c);
    } else if (c == '\\' && at_ + 1 < source_.size() &&
               source_[at_ + 1] == '\n') {
      ++line_;
      at_ += 2;
    } else if (statement_.text.empty() && (c == ' ' || c == '\t')) {
      Indent(c);
    } else {
      TakeCharacter(c);
    }
  }

  void EndLine() {
    ++at_;
    ++line_;
    if (depth_ > 0) {
      statement_.text += ' ';
    } else {
      EndStatement();
    }
  }

  void EndStatement() {
    if (!statement_.text.empty()) statements_.push_back(std::move(statement_));
    statement_ = PythonStatement();
    depth_ = 0;
  }

  void SkipComment() {
    while (at_ < source_.size() && source_[at_] != '\n') ++at_;
  }

  void Indent(char c) {
    ++at_;
    statement_.indent =
        c == ' ' ? statement_.indent + 1 : (statement_.indent / 8 + 1) * 8;
  }

  void TakeCharacter(char c) {
    Begin();
    ++at_;
    if (c == '(' || c == '[' || c == '{') ++depth_;
    if ((c == ')' || c == ']' || c == '}') && depth_ > 0) --depth_;
    if (c != '\r') statement_.text += c;
  }

  void TakeString(char quote) {
    Begin();
    const bool is_triple = at_ + 2 < source_.size() &&
                           source_[at_ + 1] == quote &&
                           source_[at_ + 2] == quote;
    at_ += is_triple ? 3 : 1;
    while (at_ < source_.size() && !IsEndOfString(quote, is_triple)) {
      if (source_[at_] == '\\' && at_ + 1 < source_.size()) ++at_;
      if (source_[at_] == '\n') ++line_;
      ++at_;
    }
    if (at_ < source_.size() && source_[at_] == quote) at_ += is_triple ? 3 : 1;
    statement_.text += "\"\"";
  }

  // A line break ends a plain string, too: the source is not correct.
  bool IsEndOfString(char quote, bool is_triple) const {
    if (!is_triple) return source_[at_] == quote || source_[at_] == '\n';
    return source_.substr(at_, 3) == std::string(3, quote);
  }

  void Begin() {
    if (statement_.text.empty()) statement_.line = line_;
  }

  const std::string_view source_;
  size_t at_ = 0;
  uint32_t line_ = 1;
  int depth_ = 0;  // Of open brackets.
  PythonStatement statement_;
  std::vector<PythonStatement> statements_;
};

}  // namespace

std::vector<PythonStatement> SplitPythonStatements(std::string_view source) {
  return Splitter(source).Split();
}

}  // namespace heapgrind

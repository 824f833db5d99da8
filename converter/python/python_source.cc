#include "converter/python/python_source.h"

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "converter/base/abseil_view.h"
#include "converter/python/python_statements.h"

namespace heapgrind {
namespace {

bool IsNameByte(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

void SkipBlanks(std::string_view* text) {
  while (!text->empty() && text->front() == ' ') text->remove_prefix(1);
}

// Takes the name that `text` begins with, and blanks around it; "" if none.
std::string_view TakeName(std::string_view* text) {
  SkipBlanks(text);
  size_t length = 0;
  while (length < text->size() && IsNameByte((*text)[length])) ++length;
  const std::string_view name = text->substr(0, length);
  text->remove_prefix(length);
  SkipBlanks(text);
  return name;
}

// The names at the beginning of `text`, separated by commas.
using Names = std::vector<std::string_view>;

Names TakeNames(std::string_view text) {
  Names names;
  while (!text.empty()) {
    const std::string_view name = TakeName(&text);
    if (name.empty()) break;
    names.push_back(name);
    if (text.substr(0, 1) != ",") break;
    text.remove_prefix(1);
  }
  return names;
}

// Whether an expression only names something: `x`, `x.y`, None.
bool IsPath(std::string_view text) {
  const std::string_view first = TakeName(&text);
  if (first.empty() || absl::ascii_isdigit(first.front())) return false;
  while (text.substr(0, 1) == ".") {
    text.remove_prefix(1);
    if (TakeName(&text).empty()) return false;
  }
  return text.empty();
}

class Scanner {
 public:
  PythonSource Scan(std::string_view text) {
    SplitPythonStatements(text, [this](const PythonStatement& statement) {
      while (!scopes_.empty() && scopes_.back().indent >= statement.indent) {
        scopes_.pop_back();
      }
      Look(statement);
    });
    result_.is_here = true;
    for (const auto& [name, line] : globals_) {
      result_.variables.try_emplace(name, line);
      result_.aliases.erase(name);
    }
    for (const auto& [name, line] : made_) result_.aliases.erase(name);
    return std::move(result_);
  }

 private:
  struct Scope {
    uint32_t indent;
    std::string qualified_name;
    bool is_function;
  };

  void Look(const PythonStatement& statement) {
    std::string_view text = statement.text;
    std::string_view rest = text;
    std::string_view word = TakeName(&rest);
    if (word == "async") {
      text = rest;
      word = TakeName(&rest);
    }
    const uint32_t line = statement.line;
    if (word == "class") return Open(statement, rest, false);
    if (word == "def") return Open(statement, rest, true);
    if (word == "global") return Keep(TakeNames(rest), line, &globals_);
    if (!scopes_.empty()) return;
    if (word == "for") {
      return Make(TakeNames(rest), line);
    }
    if (word == "with") return TakeWith(rest, line);
    TakeAssignments(text, line);
  }

  void Open(const PythonStatement& statement, std::string_view text,
            bool is_function) {
    const absl::string_view name = View(TakeName(&text));
    std::string qualified_name(name);
    if (!scopes_.empty()) {
      qualified_name =
          absl::StrCat(scopes_.back().qualified_name,
                       scopes_.back().is_function ? ".<locals>." : ".", name);
    }
    if (is_function && scopes_.empty()) {
      result_.functions.try_emplace(qualified_name, statement.line);
    }
    if (!is_function) {
      result_.classes.try_emplace(qualified_name, statement.line);
    }
    scopes_.push_back(
        {statement.indent, std::move(qualified_name), is_function});
  }

  using Lines = absl::flat_hash_map<std::string, uint32_t>;

  static void Keep(const Names& names, uint32_t line, Lines* lines) {
    for (const std::string_view name : names) {
      lines->try_emplace(View(name), line);
    }
  }

  void Make(const Names& names, uint32_t line) {
    Keep(names, line, &result_.variables);
    Keep(names, line, &made_);
  }

  void TakeWith(std::string_view text, uint32_t line) {
    for (size_t as = text.find(" as "); as != std::string_view::npos;
         as = text.find(" as ")) {
      text.remove_prefix(as + 4);
      Make(TakeNames(text), line);
    }
  }

  // Takes `a = b, c = ...` and `a: type = ...`.
  void TakeAssignments(std::string_view text, uint32_t line) {
    Names targets;
    while (TakeTargets(&text, &targets)) continue;
    if (!IsPath(text)) return Make(targets, line);
    Keep(targets, line, &result_.variables);
    for (const std::string_view name : targets) {
      result_.aliases.insert(std::string(name));
    }
  }

  // Takes `a, b =` or `a: type =` from the beginning of `text`, if it is there.
  static bool TakeTargets(std::string_view* text, Names* targets) {
    size_t end = text->find_first_of("=:");
    if (end == std::string_view::npos) return false;
    const Names names = TakeNames(*text);
    if ((*text)[end] == ':') {
      end = text->find('=', end);
      if (end == std::string_view::npos || names.size() != 1) return false;
    } else if (text->substr(end, 2) == "==" ||
               text->substr(0, end).find_first_of(".+-*/%&|^<>!@([") !=
                   std::string_view::npos) {
      return false;
    }
    targets->insert(targets->end(), names.begin(), names.end());
    text->remove_prefix(end + 1);
    return true;
  }

  std::vector<Scope> scopes_;
  Lines globals_;  // Names in `global` statements.
  Lines made_;     // Those of the variables that are not only aliases.
  PythonSource result_;
};

}  // namespace

PythonSource ScanPythonSource(std::string_view text) {
  return Scanner().Scan(text);
}

}  // namespace heapgrind

#include "converter/commands/walk/completion.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "converter/base/abseil_view.h"
#include "converter/base/utf8.h"
#include "converter/commands/walk/edges.h"
#include "converter/commands/walk/name_path.h"
#include "converter/commands/walk/walk_commands.h"

namespace heapgrind {
namespace {

constexpr const char* kTerms[] = {"type=", "value~", "name~", "size>",
                                  "retained>"};

class Candidates {
 public:
  // Those that begin with `start` count.
  explicit Candidates(std::string_view start) : start_(start) {}

  void Add(std::string candidate) {
    if (candidate.compare(0, start_.size(), start_) != 0) return;
    found_.push_back(std::move(candidate));
  }

  Completion Finish() {
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    return {start_.size(), std::move(found_)};
  }

 private:
  const std::string start_;
  std::vector<std::string> found_;
};

Completion CompleteCommand(std::string_view word) {
  Candidates candidates(word);
  for (const WalkCommand& command : WalkCommands()) {
    candidates.Add(absl::StrCat(command.name, " "));
  }
  candidates.Add("quit");
  return candidates.Finish();
}

void AddModules(const WalkHeap& heap, Candidates* candidates) {
  for (const auto& [module, name] : heap.modules().modules()) {
    candidates->Add(std::string(heap.graph().strings.Text(name)));
  }
}

// A name without a mark in front: of a step from here, or of a module.
Completion CompleteFirstName(std::string_view word, WalkState* state) {
  Candidates candidates(word);
  const WalkHeap& heap = state->heap();
  AddModules(heap, &candidates);
  for (const Edge& step : Steps(heap, state->here())) {
    candidates.Add(step.name.substr(step.name[0] == '.' ? 1 : 0));
  }
  return candidates.Finish();
}

Completion CompleteName(std::string_view word, WalkState* state) {
  const WalkHeap& heap = state->heap();
  const PathFront front = FindPathFront(heap, state->here(), word);
  if (front.place == kNoPlace) return CompleteFirstName(word, state);
  const std::string_view rest = word.substr(front.size);
  Candidates candidates(rest);
  for (const Edge& step : Steps(heap, front.place)) candidates.Add(step.name);
  // The name of a module goes on.
  if (front.size > 0) {
    Candidates modules(word);
    AddModules(heap, &modules);
    for (const std::string& name : modules.Finish().candidates) {
      candidates.Add(name.substr(front.size));
    }
  }
  return candidates.Finish();
}

Completion CompleteTerm(std::string_view word, WalkState* state) {
  constexpr std::string_view kType = "type=";
  if (word.substr(0, kType.size()) != kType) {
    Candidates candidates(word);
    for (const char* const term : kTerms) candidates.Add(term);
    return candidates.Finish();
  }
  Candidates candidates(word.substr(kType.size()));
  const HeapGraph& graph = state->heap().graph();
  for (const Shape& shape : graph.shapes) {
    candidates.Add(std::string(graph.strings.Text(shape.type)));
  }
  return candidates.Finish();
}

// Where the last word of `line` begins, which may end in quotes or brackets.
size_t LastWord(std::string_view line) {
  size_t begin = 0;
  size_t depth = 0;
  char quote = '\0';
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote != '\0') {
      if (c == '\\') ++i;
      if (c == quote) quote = '\0';
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '[' || c == '{') {
      ++depth;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    } else if (depth == 0 && (c == ' ' || c == '\t' || c == ';')) {
      begin = i + 1;
    }
  }
  return begin;
}

// The command that the last word of `line` belongs to; "" if that word is it.
std::string CommandOf(std::string_view line, size_t last_word) {
  const std::string_view front = line.substr(0, last_word);
  const size_t semicolon = front.rfind(';');
  const absl::StatusOr<std::vector<std::string>> words =
      SplitWords(semicolon == front.npos ? front : front.substr(semicolon + 1));
  return !words.ok() || words->empty() ? "" : (*words)[0];
}

}  // namespace

Completion Complete(std::string_view line, WalkState* state) {
  const size_t begin = LastWord(line);
  const std::string_view word = line.substr(begin);
  const std::string command = CommandOf(line, begin);
  if (command.empty()) return CompleteCommand(word);
  if (command == "find") return CompleteTerm(word, state);
  if (command == "help") return CompleteCommand(word);
  return CompleteName(word, state);
}

std::string CommonPrefix(const std::vector<std::string>& candidates) {
  if (candidates.empty()) return "";
  std::string prefix = candidates[0];
  for (const std::string& candidate : candidates) {
    const auto difference = std::mismatch(
        prefix.begin(),
        prefix.begin() + std::min(prefix.size(), candidate.size()),
        candidate.begin());
    prefix.erase(difference.first, prefix.end());
  }
  while (ValidUtf8(prefix) != prefix) prefix.pop_back();
  return prefix;
}

}  // namespace heapgrind

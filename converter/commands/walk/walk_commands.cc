#include "converter/commands/walk/walk_commands.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "converter/cli/closest_name.h"
#include "converter/commands/walk/find_terms.h"
#include "converter/commands/walk/owner_commands.h"
#include "converter/commands/walk/place_commands.h"
#include "converter/commands/walk/reference_commands.h"

namespace heapgrind {
namespace {

absl::StatusOr<Answer> Find(const Question& question, WalkState* state);
absl::StatusOr<Answer> Help(const Question& question, WalkState* state);

constexpr WalkCommand kWalkCommands[] = {
    {"ls", "[OBJECT] [-n N]",
     "what it refers to by name or index, largest first\n"
     "Attributes stand in place of the __dict__ that holds them; keys of\n"
     "dictionaries are left out (refs has them). Of main: the modules, the\n"
     "threads, what the interpreter holds. Owned says whether it is the owner.",
     List},
    {"cd", "[OBJECT]",
     "go there; without an object to main\n"
     "OBJECT is, here and elsewhere: an address (0x7f0c, decimal); a name "
     "path\n"
     "(shop.CACHE['k'].data, or from here .data, data, ['k'], [3]); the "
     "number\n"
     "of a row of the last list; .. the owner, / main, - the place before.",
     Go},
    {"up", "", "go to the owner", GoUp},
    {"back", "", "go to the place before", GoBack},
    {"info", "[OBJECT]", "all that is known of it", Describe},
    {"refs", "[OBJECT] [-n N]", "all its references, in the order of the dump",
     ListReferences},
    {"referrers", "[OBJECT] [-n N]",
     "what refers to it and by what name, largest first", ListReferrers},
    {"path", "[OBJECT]",
     "a shortest path to it from a root\n"
     "References of all kinds count, whether they own or not.",
     ShowPath},
    {"paths", "[N] [OBJECT]",
     "up to N such paths (5), over different referrers\n"
     "Of each of the N referrers that are nearest to a root, a shortest path\n"
     "that does not pass the object itself.",
     ShowPaths},
    {"owner", "[OBJECT] [-n N]", "its owner, the owner of that, up to main",
     ListOwners},
    {"owned", "[OBJECT] [-n N]",
     "what it owns itself, largest first\n"
     "What these retain and its own size add up to what it retains.",
     ListOwned},
    {"find", "TERM... [-n N]",
     "the objects that fit all terms, largest first\n"
     "type=GLOB value~TEXT value=TEXT name~TEXT name=TEXT size>N size<N\n"
     "retained>N retained<N; N may end in K, M, G. A name is an attribute, a\n"
     "key, or what a definition is called. Texts with blanks stand in quotes.",
     Find},
    {"top", "[OBJECT] [-n N]", "the objects below it that retain most",
     ListLargest},
    {"types", "[OBJECT] [-n N]",
     "its own bytes and those of all below it, by type\n"
     "A row's number stands for the object of the type that retains most.",
     ListTypes},
    {"source", "[OBJECT]",
     "the lines that define it, its class or its owner\n"
     "The file must be below the current folder, Python's own folders or the\n"
     "NEW of a --source-prefix.",
     ShowSource},
    {"help", "[COMMAND]", "this list, or more of one command", Help},
};

absl::StatusOr<Answer> Find(const Question& question, WalkState* state) {
  const absl::StatusOr<std::vector<FindTerm>> terms =
      ParseFindTerms(question.words);
  if (!terms.ok()) return terms.status();
  const WalkHeap& heap = state->heap();
  std::vector<Place> found = FindObjects(heap, *terms);
  SortByRetained(heap, &found);
  uint64_t bytes = 0;
  for (const Place place : found) bytes += heap.Size(place);
  Answer answer = ListPlaces(found, question, state);
  answer.facts = {{"objects", "Objects", Cell::Count(found.size())},
                  {"bytes", "Bytes", Cell::Bytes(bytes)}};
  return answer;
}

absl::Status UnknownCommand(const std::string& word) {
  std::vector<std::string> names = {"quit"};
  for (const WalkCommand& command : kWalkCommands) {
    names.push_back(command.name);
  }
  const std::string closest = ClosestName(word, names);
  return absl::InvalidArgumentError(absl::StrCat(
      "expected a command, got ", word, "\nhint: ",
      closest.empty() ? "help lists them" : "did you mean ", closest));
}

const WalkCommand* FindCommand(const std::string& name) {
  for (const WalkCommand& command : kWalkCommands) {
    if (name == command.name) return &command;
  }
  return nullptr;
}

absl::StatusOr<Answer> Help(const Question& question, WalkState*) {
  Answer answer;
  if (question.words.empty()) {
    answer.lines = DescribeCommands();
    return answer;
  }
  const WalkCommand* const command = FindCommand(question.words[0]);
  if (command == nullptr) return UnknownCommand(question.words[0]);
  answer.lines = absl::StrSplit(
      absl::StrCat(command->name, " ", command->words, "\n", command->help),
      '\n');
  return answer;
}

}  // namespace

absl::Span<const WalkCommand> WalkCommands() { return kWalkCommands; }

std::vector<std::string> DescribeCommands() {
  std::vector<std::string> lines;
  for (const WalkCommand& command : kWalkCommands) {
    const std::string usage = absl::StrCat(command.name, " ", command.words);
    const std::string gap(usage.size() < 28 ? 28 - usage.size() : 1, ' ');
    const std::vector<std::string> help = absl::StrSplit(command.help, '\n');
    lines.push_back(absl::StrCat(usage, gap, help[0]));
  }
  lines.push_back("quit                        leave; so does Ctrl-D");
  return lines;
}

absl::StatusOr<Answer> Ask(const Question& question, WalkState* state) {
  const WalkCommand* const command = FindCommand(question.command);
  if (command == nullptr) return UnknownCommand(question.command);
  absl::StatusOr<Answer> answer = command->run(question, state);
  if (!answer.ok() || answer->rows.empty()) return answer;
  std::vector<Place> places;
  for (const AnswerRow& row : answer->rows) places.push_back(row.place);
  state->SetRows(std::move(places));
  return answer;
}

}  // namespace heapgrind

#include "converter/commands/walk/place_commands.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "converter/base/visible_text.h"
#include "converter/commands/walk/edges.h"
#include "converter/commands/walk/shown_sources.h"

namespace heapgrind {
namespace {

constexpr uint32_t kLinesAround = 3;  // Of a definition, on each side.

// Name and address of where the walk stands now.
Answer Here(WalkState* state) {
  Answer answer;
  answer.facts = {
      {"name", "Name", Cell::Text(state->NameOf(state->here()))},
      {"address", "Address", AddressCell(state->heap(), state->here())}};
  return answer;
}

absl::Status CheckNoWords(const Question& question) {
  if (question.words.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("expected nothing after ",
                                                 question.command, ", got ",
                                                 question.words[0]));
}

// "/srv/app.py:41", or "".
std::string SourceText(const SourcePlace& source, const HeapGraph& graph) {
  if (source.file == kNoString) return "";
  return absl::StrCat(std::string(graph.strings.Text(source.file)), ":",
                      source.line);
}

AnswerRow RowOfStep(const Edge& step, Place from, const WalkHeap& heap) {
  const Place target = step.target;
  return {target,
          {Cell::Bytes(heap.Retained(target)), Cell::Bytes(heap.Size(target)),
           Cell::Flag(heap.Owner(target) == from), AddressCell(heap, target),
           Cell::Text(heap.Type(target)), Cell::Text(step.name),
           Cell::Text(heap.Content(target))}};
}

// A line of a source file, in which tabs stay.
std::string VisibleLine(absl::string_view line) {
  absl::ConsumeSuffix(&line, "\r");
  std::vector<std::string> parts;
  for (const absl::string_view part : absl::StrSplit(line, '\t')) {
    parts.push_back(VisibleText({part.data(), part.size()}));
  }
  return absl::StrJoin(parts, "\t");
}

// The lines of a source file around a definition.
std::vector<std::string> LinesAround(absl::string_view source, uint64_t line) {
  std::vector<std::string> lines;
  absl::ConsumeSuffix(&source, "\n");
  uint64_t number = 0;
  for (const absl::string_view text : absl::StrSplit(source, '\n')) {
    ++number;
    if (number + kLinesAround < line) continue;
    if (number > line + kLinesAround) break;
    lines.push_back(absl::StrFormat("%s %5d  %s", number == line ? ">" : " ",
                                    number, VisibleLine(text)));
  }
  return lines;
}

}  // namespace

absl::StatusOr<Answer> List(const Question& question, WalkState* state) {
  const absl::StatusOr<Place> place = state->FindOnly(question);
  if (!place.ok()) return place.status();
  const WalkHeap& heap = state->heap();
  std::vector<Edge> steps = Steps(heap, *place);
  std::stable_sort(steps.begin(), steps.end(),
                   [&heap](const Edge& a, const Edge& b) {
                     return heap.Retained(a.target) > heap.Retained(b.target);
                   });
  Answer answer;
  answer.columns = {
      {"retained", "Retained"},     {"size", "Size", true, 2},
      {"owned", "Owned", false, 1}, {"address", "Address", true, kForPrograms},
      {"type", "Type", false},      {"name", "Name", false},
      {"content", "Content", false}};
  const size_t num_rows = std::min(steps.size(), question.max_rows);
  answer.num_rows_left_out = steps.size() - num_rows;
  for (size_t i = 0; i < num_rows; ++i) {
    answer.rows.push_back(RowOfStep(steps[i], *place, heap));
  }
  return answer;
}

absl::StatusOr<Answer> Go(const Question& question, WalkState* state) {
  if (question.words.empty()) {
    state->Go(state->heap().main());
    return Here(state);
  }
  if (question.words[0] == "-") return GoBack({"cd", {}}, state);
  const absl::StatusOr<Place> place = state->FindOnly(question);
  if (!place.ok()) return place.status();
  state->Go(*place);
  return Here(state);
}

absl::StatusOr<Answer> GoUp(const Question& question, WalkState* state) {
  const absl::Status status = CheckNoWords(question);
  if (!status.ok()) return status;
  const Place owner = state->heap().Owner(state->here());
  if (owner == kNoPlace) {
    return absl::NotFoundError("expected an owner, got main, which has none");
  }
  state->Go(owner);
  return Here(state);
}

absl::StatusOr<Answer> GoBack(const Question& question, WalkState* state) {
  absl::Status status = CheckNoWords(question);
  if (status.ok()) status = state->GoBack();
  if (!status.ok()) return status;
  return Here(state);
}

absl::StatusOr<Answer> Describe(const Question& question, WalkState* state) {
  const absl::StatusOr<Place> place = state->FindOnly(question);
  if (!place.ok()) return place.status();
  WalkHeap& heap = state->heap();
  Answer answer;
  const auto add = [&answer](const char* key, const char* title, Cell cell) {
    answer.facts.push_back({key, title, std::move(cell)});
  };
  add("name", "Name", Cell::Text(state->NameOf(*place)));
  add("address", "Address", AddressCell(heap, *place));
  add("type", "Type", Cell::Text(heap.Type(*place)));
  add("size", "Size", Cell::Bytes(heap.Size(*place)));
  add("retained", "Retained", Cell::Bytes(heap.Retained(*place)));
  const Place owner = heap.Owner(*place);
  add("owner", "Owner",
      owner == kNoPlace ? Cell() : Cell::Text(state->NameOf(owner)));
  if (!heap.IsObject(*place)) return answer;
  const HeapGraph& graph = heap.graph();
  if (graph.VirtualSize(*place) != graph.size[*place]) {
    add("virtual", "Virtual", Cell::Bytes(graph.VirtualSize(*place)));
  }
  add("content", "Content", Cell::Text(heap.Content(*place)));
  if (heap.values().Length(*place) > 0) {
    add("length", "Length", Cell::Count(heap.values().Length(*place)));
  }
  add("references", "References", Cell::Count(graph.References(*place).size()));
  add("referrers", "Referrers",
      Cell::Count(state->referrers().Of(*place).size()));
  const Place dict = heap.DictOf(*place);
  if (dict != kNoPlace) add("dict", "__dict__", AddressCell(heap, dict));
  const auto refcount = graph.refcounts.find(*place);
  if (refcount != graph.refcounts.end()) {
    add("refcount", "Refcount", Cell::Count(refcount->second));
  }
  const std::string source = SourceText(heap.Source(*place), graph);
  if (!source.empty()) add("source", "Source", Cell::Text(source));
  return answer;
}

absl::StatusOr<Answer> ShowSource(const Question& question, WalkState* state) {
  const absl::StatusOr<Place> place = state->FindOnly(question);
  if (!place.ok()) return place.status();
  WalkHeap& heap = state->heap();
  const SourcePlace source = heap.Source(*place);
  if (source.file == kNoString) {
    return absl::NotFoundError(
        absl::StrCat("expected something that a source file defines, got ",
                     state->NameOf(*place)));
  }
  Answer answer;
  const std::string_view file = heap.graph().strings.Text(source.file);
  answer.facts = {{"file", "File", Cell::Text(std::string(file))},
                  {"line", "Line", Cell::Count(source.line)}};
  const SourceFiles& sources = *heap.sources();
  const absl::StatusOr<std::string> text =
      ReadShownSource(sources.Locate(file), sources.prefixes());
  if (text.ok()) answer.lines = LinesAround(*text, source.line);
  if (absl::IsPermissionDenied(text.status())) {
    answer.note = std::string(text.status().message());
  }
  return answer;
}

}  // namespace heapgrind

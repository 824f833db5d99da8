#include "converter/commands/walk/name_path.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "converter/base/abseil_view.h"
#include "converter/cli/closest_name.h"
#include "converter/commands/walk/python_text.h"

namespace heapgrind {
namespace {

constexpr std::string_view kStepMarks = ".[<{";

absl::Status Unended(std::string_view text) {
  return absl::InvalidArgumentError(
      absl::StrCat("expected an end of ", View(text), ", got none"));
}

// Where the bracket ends that `text` begins with: behind it; 0 if nowhere.
size_t EndOfBracket(std::string_view text) {
  const char close = text[0] == '[' ? ']' : text[0] == '<' ? '>' : '}';
  for (size_t i = 1; i < text.size();) {
    std::string inside;
    size_t size = 0;
    if (text[i] == close) return i + 1;
    if (text[i] == '\'' || text[i] == '"') {
      if (!UnquoteText(text.substr(i), &inside, &size)) return 0;
      i += size;
    } else {
      ++i;
    }
  }
  return 0;
}

// [ "x" ] as ['x'].
std::string CanonicalBracket(std::string_view bracket) {
  const absl::string_view inside =
      absl::StripAsciiWhitespace(View(bracket.substr(1, bracket.size() - 2)));
  const std::string_view literal(inside.data(), inside.size());
  const bool is_bytes = !literal.empty() && literal[0] == 'b';
  std::string text;
  size_t size = 0;
  const bool is_text =
      UnquoteText(literal.substr(is_bytes ? 1 : 0), &text, &size) &&
      size + is_bytes == literal.size();
  if (!is_text) {
    return absl::StrCat(View(bracket.substr(0, 1)), inside,
                        View(bracket.substr(bracket.size() - 1)));
  }
  return absl::StrCat(View(bracket.substr(0, 1)), is_bytes ? "b" : "",
                      QuotedText(text),
                      View(bracket.substr(bracket.size() - 1)));
}

// Takes a step off the front of `text`, which begins with a mark.
absl::StatusOr<std::string> TakeStep(std::string_view* text) {
  if ((*text)[0] != '.') {
    const size_t end = EndOfBracket(*text);
    if (end == 0) return Unended(*text);
    const std::string step = CanonicalBracket(text->substr(0, end));
    text->remove_prefix(end);
    return step;
  }
  text->remove_prefix(1);
  std::string name;
  size_t size = 0;
  if (!text->empty() && ((*text)[0] == '\'' || (*text)[0] == '"')) {
    if (!UnquoteText(*text, &name, &size)) return Unended(*text);
  } else {
    size = std::min(text->find_first_of(kStepMarks), text->size());
    name = std::string(text->substr(0, size));
  }
  text->remove_prefix(size);
  return absl::StrCat(".", IsIdentifier(name) ? name : QuotedText(name));
}

std::string PlaceText(const WalkHeap& heap, Place place,
                      std::string_view path) {
  if (!path.empty()) return std::string(path);
  return heap.IsObject(place) ? "this place" : heap.AnchorName(place);
}

absl::Status NoStep(const WalkHeap& heap, Place place, std::string_view path,
                    const std::string& step) {
  std::vector<std::string> names;
  for (const Edge& edge : Steps(heap, place)) names.push_back(edge.name);
  const std::string closest = ClosestName(step, names);
  return absl::NotFoundError(absl::StrCat(
      "expected a name in ", PlaceText(heap, place, path), ", got ", step,
      closest.empty() ? "" : absl::StrCat("\nhint: did you mean ", closest)));
}

// Follows the steps of `rest`; `path` is what leads to `place`.
absl::StatusOr<Place> FollowSteps(const WalkHeap& heap, Place place,
                                  std::string path, std::string_view rest) {
  const absl::StatusOr<std::vector<std::string>> steps = SplitSteps(rest);
  if (!steps.ok()) return steps.status();
  for (const std::string& step : *steps) {
    const Place next = FollowName(heap, place, step);
    if (next == kNoPlace) return NoStep(heap, place, path, step);
    path += step;
    place = next;
  }
  return place;
}

// The module or the other place that has no owner in a path, or kNoPlace.
Place FindTop(const WalkHeap& heap, std::string_view name) {
  if (name == "main") return heap.main();
  const Place module = heap.modules().Find(name);
  if (module != kNoPlace) return module;
  const OwnershipGraph& ownership = heap.ownership();
  for (Place anchor = ownership.root(0); anchor <= ownership.garbage();
       ++anchor) {
    if (heap.AnchorName(anchor) == name) return anchor;
  }
  return kNoPlace;
}

// Where a name at the front of `path` may end: the longest first.
std::vector<size_t> EndsOfTop(std::string_view path) {
  std::vector<size_t> ends = {path.size()};
  for (size_t i = path.size(); i-- > 1;) {
    if (kStepMarks.find(path[i]) != std::string_view::npos) ends.push_back(i);
  }
  return ends;
}

absl::StatusOr<Place> FindFromTop(const WalkHeap& heap, std::string_view path) {
  absl::Status status = absl::NotFoundError("");
  for (const size_t end : EndsOfTop(path)) {
    const Place top = FindTop(heap, path.substr(0, end));
    if (top == kNoPlace) continue;
    absl::StatusOr<Place> place = FollowSteps(
        heap, top, std::string(path.substr(0, end)), path.substr(end));
    if (place.ok()) return place;
    if (status.message().empty()) status = place.status();
  }
  return status;
}

absl::StatusOr<Place> FindFromAddress(const WalkHeap& heap,
                                      std::string_view path) {
  const size_t end = std::min(path.find_first_of(kStepMarks), path.size());
  const std::string text(path.substr(0, end));
  uint64_t address = 0;
  const bool is_hex = text.size() > 2 && text[1] == 'x';
  const bool is_number = is_hex ? absl::SimpleHexAtoi(text, &address)
                                : absl::SimpleAtoi(text, &address);
  const Place place = is_number ? heap.At(address) : kNoPlace;
  if (place == kNoPlace) {
    return absl::NotFoundError(
        absl::StrCat("expected the address of an object, got ", text));
  }
  return FollowSteps(heap, place, text, path.substr(end));
}

// Whether the path's first step leads somewhere from `here`.
bool BeginsAt(const WalkHeap& heap, Place here, const std::string& path) {
  const absl::StatusOr<std::vector<std::string>> steps = SplitSteps(path);
  return steps.ok() && FollowName(heap, here, (*steps)[0]) != kNoPlace;
}

absl::Status NoPlaceOf(const WalkHeap& heap, Place here,
                       std::string_view path) {
  std::vector<std::string> names;
  for (const Edge& edge : Steps(heap, here)) {
    names.push_back(edge.name.substr(edge.name[0] == '.' ? 1 : 0));
  }
  for (const auto& [module, name] : heap.modules().modules()) {
    names.emplace_back(heap.graph().strings.Text(name));
  }
  const std::string closest = ClosestName(View(path), names);
  return absl::NotFoundError(absl::StrCat(
      "expected an address, a module or a name, got ", View(path),
      closest.empty() ? "" : absl::StrCat("\nhint: did you mean ", closest)));
}

}  // namespace

absl::StatusOr<std::vector<std::string>> SplitSteps(std::string_view text) {
  std::vector<std::string> steps;
  while (!text.empty()) {
    if (kStepMarks.find(text[0]) == std::string_view::npos) {
      return absl::InvalidArgumentError(
          absl::StrCat("expected . or [ or < or {, got ", View(text)));
    }
    const absl::StatusOr<std::string> step = TakeStep(&text);
    if (!step.ok()) return step.status();
    steps.push_back(*step);
  }
  return steps;
}

absl::StatusOr<Place> FindPlace(const WalkHeap& heap, Place here,
                                std::string_view path) {
  if (path.empty()) return absl::NotFoundError("expected a name, got none");
  if (kStepMarks.find(path[0]) != std::string_view::npos) {
    return FollowSteps(heap, here, "", path);
  }
  if (absl::ascii_isdigit(static_cast<unsigned char>(path[0]))) {
    return FindFromAddress(heap, path);
  }
  const std::string steps = absl::StrCat(".", View(path));
  const absl::StatusOr<Place> from_here = FollowSteps(heap, here, "", steps);
  if (from_here.ok()) return from_here;
  const absl::StatusOr<Place> from_top = FindFromTop(heap, path);
  if (from_top.ok() || !from_top.status().message().empty()) return from_top;
  return BeginsAt(heap, here, steps) ? from_here.status()
                                     : NoPlaceOf(heap, here, path);
}

PathFront FindPathFront(const WalkHeap& heap, Place here,
                        std::string_view text) {
  // The last step that has begun and may not have ended.
  for (size_t end = text.size(); end-- > 0;) {
    if (kStepMarks.find(text[end]) == std::string_view::npos) continue;
    if (end == 0) return {here, 0};
    const absl::StatusOr<Place> place =
        FindPlace(heap, here, text.substr(0, end));
    if (place.ok()) return {*place, end};
  }
  return {kNoPlace, 0};
}

}  // namespace heapgrind

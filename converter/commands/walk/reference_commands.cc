#include "converter/commands/walk/reference_commands.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "converter/commands/walk/edges.h"
#include "converter/commands/walk/root_paths.h"

namespace heapgrind {
namespace {

constexpr size_t kUsualPaths = 5;

// Of a reference, and of a step of a path.
AnswerRow RowOfEdge(const Edge& edge, const WalkHeap& heap) {
  if (edge.target == kNoPlace) {
    return {kNoPlace,
            {Cell(), Cell(), Cell::Text("(not in the dump)"),
             Cell::Text(edge.name), Cell()}};
  }
  return {edge.target,
          {Cell::Bytes(heap.Retained(edge.target)),
           AddressCell(heap, edge.target), Cell::Text(heap.Type(edge.target)),
           Cell::Text(edge.name), Cell::Text(heap.Content(edge.target))}};
}

std::vector<AnswerColumn> ColumnsOfEdges() {
  return {{"retained", "Retained"},
          {"address", "Address", true, kForPrograms},
          {"type", "Type", false},
          {"name", "Name", false},
          {"content", "Content", false}};
}

// The names of all references from one object to another.
std::string NamesBetween(const WalkHeap& heap, NodeId from, NodeId to) {
  std::string names;
  const absl::Span<const NodeId> targets = heap.graph().References(from);
  for (size_t i = 0; i < targets.size(); ++i) {
    if (targets[i] != to) continue;
    absl::StrAppend(&names, names.empty() ? "" : " ",
                    ReferenceText(heap, from, i));
  }
  return names;
}

// What refers to an object, what retains most first.
std::vector<Place> ReferrersOf(NodeId node, WalkState* state) {
  const WalkHeap& heap = state->heap();
  std::vector<Place> places;
  for (const NodeId source : state->referrers().Of(node)) {
    if (places.empty() || places.back() != source) places.push_back(source);
  }
  const std::vector<Root>& roots = heap.graph().roots;
  for (NodeId i = 0; i < roots.size(); ++i) {
    const std::vector<NodeId>& references = roots[i].references;
    if (std::count(references.begin(), references.end(), node) > 0) {
      places.push_back(heap.ownership().root(i));
    }
  }
  SortByRetained(heap, &places);
  return places;
}

// From the root's own place on, each with the name of the reference to it.
std::vector<Edge> EdgesOf(const NodePath& path, const WalkHeap& heap,
                          WalkState* state) {
  std::vector<Edge> edges;
  const size_t root = RootOf(heap.graph(), path[0]);
  Place last = kNoPlace;
  if (root < heap.graph().roots.size()) {
    last = heap.ownership().root(static_cast<NodeId>(root));
    edges.push_back({heap.AnchorName(last), last});
  }
  for (const NodeId node : path) {
    edges.push_back(
        {last == kNoPlace ? state->NameOf(node) : NameBetween(heap, last, node),
         node});
    last = node;
  }
  return edges;
}

absl::StatusOr<std::vector<NodePath>> PathsTo(const Question& question,
                                              size_t max_paths,
                                              WalkState* state, Place* place) {
  const absl::StatusOr<Place> found = state->FindOnly(question);
  if (!found.ok()) return found.status();
  const absl::Status status = CheckObject(state->heap(), *found);
  if (!status.ok()) return status;
  *place = *found;
  return FindRootPaths(state->heap().graph(), state->referrers(), *found,
                       max_paths);
}

// What to say of an object that has no path.
Answer NoPath() {
  Answer answer;
  answer.facts = {{"paths", "Paths", Cell::Count(0)}};
  answer.lines = {
      "No root reaches it: it waits for the garbage collector, or "
      "C code alone holds it."};
  return answer;
}

}  // namespace

absl::StatusOr<Answer> ListReferences(const Question& question,
                                      WalkState* state) {
  const absl::StatusOr<Place> place = state->FindOnly(question);
  if (!place.ok()) return place.status();
  const WalkHeap& heap = state->heap();
  const std::vector<Edge> edges = References(heap, *place);
  Answer answer;
  answer.columns = ColumnsOfEdges();
  const size_t num_rows = std::min(edges.size(), question.max_rows);
  answer.num_rows_left_out = edges.size() - num_rows;
  for (size_t i = 0; i < num_rows; ++i) {
    answer.rows.push_back(RowOfEdge(edges[i], heap));
  }
  return answer;
}

absl::StatusOr<Answer> ListReferrers(const Question& question,
                                     WalkState* state) {
  const absl::StatusOr<Place> place = state->FindOnly(question);
  if (!place.ok()) return place.status();
  const WalkHeap& heap = state->heap();
  const absl::Status status = CheckObject(heap, *place);
  if (!status.ok()) return status;
  Answer answer = ListPlaces(ReferrersOf(*place, state), question, state);
  answer.columns.insert(answer.columns.end() - 1,
                        {"reference", "Reference", false});
  for (AnswerRow& row : answer.rows) {
    const std::string names = heap.IsObject(row.place)
                                  ? NamesBetween(heap, row.place, *place)
                                  : NameBetween(heap, row.place, *place);
    row.cells.insert(row.cells.end() - 1, Cell::Text(names));
  }
  return answer;
}

absl::StatusOr<Answer> ShowPath(const Question& question, WalkState* state) {
  Place place = kNoPlace;
  const absl::StatusOr<std::vector<NodePath>> paths =
      PathsTo(question, 1, state, &place);
  if (!paths.ok()) return paths.status();
  if (paths->empty()) return NoPath();
  const WalkHeap& heap = state->heap();
  Answer answer;
  answer.columns = ColumnsOfEdges();
  std::string name;
  for (const Edge& edge : EdgesOf((*paths)[0], heap, state)) {
    name += edge.name;
    answer.rows.push_back(RowOfEdge(edge, heap));
  }
  answer.facts = {{"path", "Path", Cell::Text(name)}};
  return answer;
}

absl::StatusOr<Answer> ShowPaths(const Question& question, WalkState* state) {
  Question about = question;
  uint64_t max_paths = kUsualPaths;
  const bool has_number =
      !about.words.empty() && absl::SimpleAtoi(about.words[0], &max_paths);
  if (has_number) about.words.erase(about.words.begin());
  if (max_paths == 0) {
    return absl::InvalidArgumentError(
        "expected a number of paths from 1, got 0");
  }
  Place place = kNoPlace;
  const absl::StatusOr<std::vector<NodePath>> paths =
      PathsTo(about, max_paths, state, &place);
  if (!paths.ok()) return paths.status();
  if (paths->empty()) return NoPath();
  const WalkHeap& heap = state->heap();
  Answer answer;
  answer.columns = ColumnsOfEdges();
  answer.columns.insert(answer.columns.begin(), {"path", "Path"});
  for (size_t i = 0; i < paths->size(); ++i) {
    for (const Edge& edge : EdgesOf((*paths)[i], heap, state)) {
      AnswerRow row = RowOfEdge(edge, heap);
      row.cells.insert(row.cells.begin(), Cell::Count(i + 1));
      answer.rows.push_back(std::move(row));
    }
  }
  answer.facts = {{"paths", "Paths", Cell::Count(paths->size())}};
  return answer;
}

}  // namespace heapgrind

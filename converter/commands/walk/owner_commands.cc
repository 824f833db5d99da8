#include "converter/commands/walk/owner_commands.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace heapgrind {
namespace {

struct TypeTotal {
  uint64_t objects = 0;
  uint64_t bytes = 0;
  Place largest = kNoPlace;  // The one that retains most.
};

std::map<std::string, TypeTotal> TypesBelow(Place top, const WalkHeap& heap) {
  const std::vector<bool> is_below = heap.Below(top);
  std::map<std::string, TypeTotal> totals;
  for (NodeId node = 0; node < heap.graph().num_nodes(); ++node) {
    if (!is_below[node]) continue;
    TypeTotal& total = totals[heap.Type(node)];
    ++total.objects;
    total.bytes += heap.Size(node);
    const bool is_larger = total.largest == kNoPlace ||
                           heap.Retained(node) > heap.Retained(total.largest);
    if (is_larger) total.largest = node;
  }
  return totals;
}

}  // namespace

absl::StatusOr<Answer> ListOwners(const Question& question, WalkState* state) {
  const absl::StatusOr<Place> place = state->FindOnly(question);
  if (!place.ok()) return place.status();
  std::vector<Place> owners;
  for (Place at = *place; at != kNoPlace; at = state->heap().Owner(at)) {
    owners.push_back(at);
  }
  return ListPlaces(owners, question, state);
}

absl::StatusOr<Answer> ListOwned(const Question& question, WalkState* state) {
  const absl::StatusOr<Place> place = state->FindOnly(question);
  if (!place.ok()) return place.status();
  return ListPlaces(state->heap().Owned(*place), question, state);
}

absl::StatusOr<Answer> ListLargest(const Question& question, WalkState* state) {
  const absl::StatusOr<Place> place = state->FindOnly(question);
  if (!place.ok()) return place.status();
  const WalkHeap& heap = state->heap();
  const std::vector<bool> is_below = heap.Below(*place);
  std::vector<Place> places;
  for (NodeId node = 0; node < heap.graph().num_nodes(); ++node) {
    const bool counts = is_below[node] && node != *place && !heap.IsDict(node);
    if (counts) places.push_back(node);
  }
  SortByRetained(heap, &places);
  return ListPlaces(places, question, state);
}

absl::StatusOr<Answer> ListTypes(const Question& question, WalkState* state) {
  const absl::StatusOr<Place> place = state->FindOnly(question);
  if (!place.ok()) return place.status();
  const std::map<std::string, TypeTotal> totals =
      TypesBelow(*place, state->heap());
  std::vector<std::pair<std::string, TypeTotal>> types(totals.begin(),
                                                       totals.end());
  std::stable_sort(types.begin(), types.end(),
                   [](const auto& a, const auto& b) {
                     return a.second.bytes > b.second.bytes;
                   });
  Answer answer;
  answer.columns = {{"objects", "Objects"},
                    {"bytes", "Bytes"},
                    {"type", "Type", false},
                    {"largest_address", "", true, kForPrograms},
                    {"largest_retained", "Largest", true, 2},
                    {"largest", "Name of the largest", false, 1}};
  const size_t num_rows = std::min(types.size(), question.max_rows);
  answer.num_rows_left_out = types.size() - num_rows;
  for (size_t i = 0; i < num_rows; ++i) {
    const auto& [type, total] = types[i];
    answer.rows.push_back(
        {total.largest,
         {Cell::Count(total.objects), Cell::Bytes(total.bytes),
          Cell::Text(type), AddressCell(state->heap(), total.largest),
          Cell::Bytes(state->heap().Retained(total.largest)),
          Cell::Text(state->NameOf(total.largest))}});
  }
  return answer;
}

}  // namespace heapgrind

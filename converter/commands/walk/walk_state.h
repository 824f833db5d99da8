// Where a walk stands, and what its commands have in common.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_WALK_WALK_STATE_H_
#define HEAPGRIND_CONVERTER_COMMANDS_WALK_WALK_STATE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "converter/commands/walk/answer.h"
#include "converter/commands/walk/place_names.h"
#include "converter/commands/walk/question.h"
#include "converter/commands/walk/root_paths.h"
#include "converter/commands/walk/walk_heap.h"

namespace heapgrind {

class WalkState {
 public:
  // Starts at main.  `heap` must outlive it.
  explicit WalkState(WalkHeap* heap)
      : heap_(*heap), names_(heap), here_(heap->main()) {}

  WalkHeap& heap() { return heap_; }
  Place here() const { return here_; }
  std::string NameOf(Place place) { return names_.Of(place); }
  const ReverseEdges& referrers();  // Made by the first call.

  // Goes there; GoBack returns, NotFound if there is nowhere to return to.
  void Go(Place place);
  absl::Status GoBack();

  // The places that the rows of the last list stand for.
  void SetRows(std::vector<Place> rows) { rows_ = std::move(rows); }

  // The place that a word of a command means: `.`, `..`, `/`, `-`, the number
  // of a row, or what FindPlace finds.
  absl::StatusOr<Place> Find(const std::string& word);

  // The place that the words of a command mean: one, or none for `here`.
  absl::StatusOr<Place> FindOnly(const Question& question);

 private:
  WalkHeap& heap_;
  PlaceNames names_;
  std::optional<ReverseEdges> referrers_;
  Place here_;
  std::vector<Place> passed_;  // The places that GoBack returns to.
  std::vector<Place> rows_;
};

// NotFound unless `place` is an object.
absl::Status CheckObject(const WalkHeap& heap, Place place);

// Its address, or nothing.
Cell AddressCell(const WalkHeap& heap, Place place);

// A row for each of `places`, as far as the question wants: what they retain,
// what they are, their names.
Answer ListPlaces(const std::vector<Place>& places, const Question& question,
                  WalkState* state);

// Those that retain most first, else in their order.
void SortByRetained(const WalkHeap& heap, std::vector<Place>* places);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_WALK_WALK_STATE_H_

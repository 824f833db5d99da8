#include "converter/commands/walk/walk_state.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "converter/commands/walk/name_path.h"

namespace heapgrind {

const ReverseEdges& WalkState::referrers() {
  if (!referrers_.has_value()) referrers_ = ReferrersOf(heap_.graph());
  return *referrers_;
}

void WalkState::Go(Place place) {
  passed_.push_back(here_);
  here_ = place;
}

absl::Status WalkState::GoBack() {
  if (passed_.empty()) {
    return absl::NotFoundError("expected a place to go back to, got none");
  }
  here_ = passed_.back();
  passed_.pop_back();
  return absl::OkStatus();
}

absl::StatusOr<Place> WalkState::Find(const std::string& word) {
  if (word == ".") return here_;
  if (word == "/") return heap_.main();
  if (word == "-") return passed_.empty() ? here_ : passed_.back();
  if (word == "..") {
    const Place owner = heap_.Owner(here_);
    return owner == kNoPlace ? here_ : owner;
  }
  uint64_t row = 0;
  const bool is_row =
      absl::SimpleAtoi(word, &row) && row > 0 && row <= rows_.size();
  if (!is_row) return FindPlace(heap_, here_, word);
  if (rows_[row - 1] != kNoPlace) return rows_[row - 1];
  return absl::NotFoundError(
      absl::StrCat("expected a row with an object, got row ", row));
}

absl::StatusOr<Place> WalkState::FindOnly(const Question& question) {
  if (question.words.empty()) return here_;
  if (question.words.size() == 1) return Find(question.words[0]);
  return absl::InvalidArgumentError(absl::StrCat(
      "expected one object, got ", question.words[0], " and ",
      question.words[1],
      "\nhint: put a name with blanks into quotes, ['like this']"));
}

absl::Status CheckObject(const WalkHeap& heap, Place place) {
  if (heap.IsObject(place)) return absl::OkStatus();
  return absl::NotFoundError(
      absl::StrCat("expected an object, got ", heap.AnchorName(place)));
}

Cell AddressCell(const WalkHeap& heap, Place place) {
  return heap.IsObject(place) ? Cell::Address(heap.graph().address[place])
                              : Cell();
}

Answer ListPlaces(const std::vector<Place>& places, const Question& question,
                  WalkState* state) {
  WalkHeap& heap = state->heap();
  Answer answer;
  answer.columns = {{"retained", "Retained"},
                    {"size", "Size", true, 1},
                    {"address", "Address", true, kForPrograms},
                    {"type", "Type", false},
                    {"content", "Content", false, 2},
                    {"name", "Name", false}};
  const size_t num_rows = std::min(places.size(), question.max_rows);
  answer.num_rows_left_out = places.size() - num_rows;
  for (size_t i = 0; i < num_rows; ++i) {
    const Place place = places[i];
    answer.rows.push_back(
        {place,
         {Cell::Bytes(heap.Retained(place)), Cell::Bytes(heap.Size(place)),
          AddressCell(heap, place), Cell::Text(heap.Type(place)),
          Cell::Text(heap.Content(place)), Cell::Text(state->NameOf(place))}});
  }
  return answer;
}

void SortByRetained(const WalkHeap& heap, std::vector<Place>* places) {
  std::stable_sort(places->begin(), places->end(), [&heap](Place a, Place b) {
    return heap.Retained(a) > heap.Retained(b);
  });
}

}  // namespace heapgrind

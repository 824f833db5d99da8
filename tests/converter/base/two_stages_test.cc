#include "converter/base/two_stages.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <vector>

#include "gtest/gtest.h"

namespace heapgrind {
namespace {

constexpr size_t kNumSteps = 1000;

// What the second stage finds in the places that the first one fills.
std::vector<size_t> SquaresOf(size_t num_threads) {
  std::array<size_t, kStepsAhead> made;
  std::vector<size_t> used;
  RunInTwoStages(
      num_threads, kNumSteps,
      [&](size_t step) { made[step % kStepsAhead] = step * step; },
      [&](size_t step) { used.push_back(made[step % kStepsAhead]); });
  return used;
}

std::vector<size_t> Squares() {
  std::vector<size_t> squares;
  for (size_t step = 0; step < kNumSteps; ++step)
    squares.push_back(step * step);
  return squares;
}

TEST(TwoStagesTest, SecondStageSeesWhatTheFirstMade) {
  for (const size_t num_threads : {1, 2, 7}) {
    EXPECT_EQ(SquaresOf(num_threads), Squares());
  }
}

TEST(TwoStagesTest, FirstStageDoesNotOvertakeItsPlaces) {
  std::atomic<size_t> num_used{0};
  std::atomic<bool> is_overtaken{false};
  RunInTwoStages(
      2, kNumSteps,
      [&](size_t step) {
        if (step >= num_used + kStepsAhead) is_overtaken = true;
      },
      [&](size_t) { ++num_used; });
  EXPECT_FALSE(is_overtaken);
}

TEST(TwoStagesTest, NothingIsDoneInNoSteps) {
  RunInTwoStages(
      2, 0, [](size_t) { ADD_FAILURE(); }, [](size_t) { ADD_FAILURE(); });
}

}  // namespace
}  // namespace heapgrind

#include "scanner/output/number_text.h"

#include <cstdint>
#include <random>
#include <string>

#include "gtest/gtest.h"

namespace heapgrind {
namespace {

std::string TextOf(uint64_t number, NumberText* numbers) {
  char text[NumberText::kMostBytes];
  return {text, numbers->Write(number, text)};
}

TEST(NumberTextTest, WritesNumbersOfAllLengths) {
  NumberText numbers;
  for (uint64_t power = 1; power != 0;
       power = power > UINT64_MAX / 10 ? 0 : power * 10) {
    for (const uint64_t number : {power - 1, power, power + 1}) {
      EXPECT_EQ(TextOf(number, &numbers), std::to_string(number));
    }
  }
  EXPECT_EQ(TextOf(UINT64_MAX, &numbers), std::to_string(UINT64_MAX));
}

// Whatever was written before.
TEST(NumberTextTest, WritesNumbersInAnyOrder) {
  NumberText numbers;
  std::mt19937_64 random(1);
  for (int i = 0; i < 100000; ++i) {
    const uint64_t number = random() >> random() % 64;
    ASSERT_EQ(TextOf(number, &numbers), std::to_string(number));
  }
}

TEST(NumberTextTest, KeepsZerosBehindWhatItHasKept) {
  NumberText numbers;
  EXPECT_EQ(TextOf(140000000000000000, &numbers), "140000000000000000");
  EXPECT_EQ(TextOf(140000000000000070, &numbers), "140000000000000070");
  EXPECT_EQ(TextOf(100000000, &numbers), "100000000");
  EXPECT_EQ(TextOf(99999999, &numbers), "99999999");
}

}  // namespace
}  // namespace heapgrind

#include "converter/address_bitmap.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <random>

#include "absl/container/flat_hash_map.h"

namespace heapgrind {
namespace {

using Result = AddressBitmap::Result;

constexpr uint64_t kPageBytes = 24 * 1024;  // Of memory, for a page.

TEST(AddressBitmapTest, BitmapOfNothingFindsNothing) {
  AddressBitmap bitmap(kPageBytes);
  bitmap.Number();
  EXPECT_EQ(bitmap.size(), 0u);
  EXPECT_EQ(bitmap.Find(0), AddressBitmap::kAbsent);
}

TEST(AddressBitmapTest, NumbersAreInTheOrderOfAddresses) {
  AddressBitmap bitmap(4 * kPageBytes);
  const uint64_t last = UINT64_MAX - 7;
  for (const uint64_t address : {last, uint64_t{0x7f0000000208},
                                 uint64_t{0x7f0000000200}, uint64_t{0}}) {
    ASSERT_EQ(bitmap.Add(address), Result::kAdded);
  }
  bitmap.Number();
  EXPECT_EQ(bitmap.size(), 4u);
  EXPECT_EQ(bitmap.Find(0), 0u);
  EXPECT_EQ(bitmap.Find(0x7f0000000200), 1u);
  EXPECT_EQ(bitmap.Find(0x7f0000000208), 2u);
  EXPECT_EQ(bitmap.Find(last), 3u);
}

TEST(AddressBitmapTest, AddressesBetweenTheAddedOnesAreAbsent) {
  AddressBitmap bitmap(kPageBytes);
  ASSERT_EQ(bitmap.Add(0x1000), Result::kAdded);
  bitmap.Number();
  for (const uint64_t address : {0xff8, 0x1001, 0x1004, 0x1008, 0x101000}) {
    EXPECT_EQ(bitmap.Find(address), AddressBitmap::kAbsent) << address;
  }
}

TEST(AddressBitmapTest, RefusesOddPlacesAndTooManyPages) {
  AddressBitmap bitmap(2 * kPageBytes);
  EXPECT_EQ(bitmap.Add(0x1004), Result::kRefused);
  EXPECT_EQ(bitmap.Add(0x1000), Result::kAdded);
  EXPECT_EQ(bitmap.Add(0x1000), Result::kRepeated);
  EXPECT_EQ(bitmap.Add(0x200000), Result::kAdded);
  EXPECT_EQ(bitmap.Add(0x300000), Result::kRefused);
  EXPECT_EQ(bitmap.Add(0x2ffff8), Result::kAdded);
  bitmap.Number();
  EXPECT_EQ(bitmap.size(), 3u);
}

TEST(AddressBitmapTest, AgreesWithAHashMap) {
  std::mt19937_64 random(1);
  AddressBitmap bitmap(1 << 30);
  std::map<uint64_t, uint32_t> sorted;
  for (int i = 0; i < 50000; ++i) {
    // Two heaps of some hundred pages, one of them 8-aligned.
    const uint64_t address = i % 3 == 0
                                 ? 0x560000000000 + random() % 9000000 * 8
                                 : 0x7f0000000000 + random() % 9000000 * 16;
    const bool is_new = sorted.try_emplace(address).second;
    ASSERT_EQ(bitmap.Add(address), is_new ? Result::kAdded : Result::kRepeated);
  }
  bitmap.Number();
  absl::flat_hash_map<uint64_t, uint32_t> expected;
  for (const auto& [address, unused] : sorted) {
    expected.emplace(address, expected.size());
  }
  ASSERT_EQ(bitmap.size(), expected.size());
  for (const auto& [address, number] : expected) {
    ASSERT_EQ(bitmap.Find(address), number);
    for (const uint64_t neighbour : {address - 8, address + 8, address + 3}) {
      const auto found = expected.find(neighbour);
      ASSERT_EQ(bitmap.Find(neighbour), found == expected.end()
                                            ? AddressBitmap::kAbsent
                                            : found->second);
    }
  }
}

}  // namespace
}  // namespace heapgrind

#include "converter/heap/address_bitmap.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <random>

#include "absl/container/flat_hash_map.h"

namespace heapgrind {
namespace {

bool Add(uint64_t address, AddressBitmap* bitmap) {
  return AddressBitmap::Add(
      static_cast<uint32_t>(address % kPageBytes / kGranuleBytes),
      bitmap->AddPage(address / kPageBytes));
}

TEST(AddressBitmapTest, BitmapOfNothingFindsNothing) {
  AddressBitmap bitmap;
  bitmap.Number();
  EXPECT_EQ(bitmap.size(), 0u);
  EXPECT_EQ(bitmap.Find(0), AddressBitmap::kAbsent);
}

TEST(AddressBitmapTest, NumbersAreInTheOrderOfAddresses) {
  AddressBitmap bitmap;
  const uint64_t last = UINT64_MAX - 7;
  const uint64_t middle = 0x7f0000000200;
  for (const uint64_t address : {last, middle + 8, middle, uint64_t{0}}) {
    ASSERT_TRUE(Add(address, &bitmap));
  }
  bitmap.Number();
  EXPECT_EQ(bitmap.size(), 4u);
  EXPECT_EQ(bitmap.Find(0), 0u);
  EXPECT_EQ(bitmap.Find(middle), 1u);
  EXPECT_EQ(bitmap.Find(middle + 8), 2u);
  EXPECT_EQ(bitmap.Find(last), 3u);
  EXPECT_EQ(bitmap.Select(0), 0u);
  EXPECT_EQ(bitmap.Select(1), middle);
  EXPECT_EQ(bitmap.Select(2), middle + 8);
  EXPECT_EQ(bitmap.Select(3), last);
}

TEST(AddressBitmapTest, AddressesBetweenTheAddedOnesAreAbsent) {
  AddressBitmap bitmap;
  ASSERT_TRUE(Add(0x1000, &bitmap));
  bitmap.Number();
  for (const uint64_t address : {0xff8, 0x1001, 0x1004, 0x1008, 0x101000}) {
    EXPECT_EQ(bitmap.Find(address), AddressBitmap::kAbsent) << address;
  }
}

TEST(AddressBitmapTest, AddressAddedTwiceIsNewOnce) {
  AddressBitmap bitmap;
  EXPECT_TRUE(Add(0x1000, &bitmap));
  EXPECT_FALSE(Add(0x1000, &bitmap));
  bitmap.Number();
  EXPECT_EQ(bitmap.size(), 1u);
}

TEST(AddressBitmapTest, AgreesWithAHashMap) {
  std::mt19937_64 random(1);
  AddressBitmap bitmap;
  std::map<uint64_t, uint32_t> sorted;
  for (int i = 0; i < 50000; ++i) {
    // Two heaps of some hundred pages, one of them 8-aligned.
    const uint64_t address = i % 3 == 0
                                 ? 0x560000000000 + random() % 9000000 * 8
                                 : 0x7f0000000000 + random() % 9000000 * 16;
    ASSERT_EQ(Add(address, &bitmap), sorted.try_emplace(address).second);
  }
  bitmap.Number();
  absl::flat_hash_map<uint64_t, uint32_t> expected;
  for (const auto& [address, unused] : sorted) {
    expected.emplace(address, expected.size());
  }
  ASSERT_EQ(bitmap.size(), expected.size());
  for (const auto& [address, number] : expected) {
    ASSERT_EQ(bitmap.Find(address), number);
    ASSERT_EQ(bitmap.Select(number), address);
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

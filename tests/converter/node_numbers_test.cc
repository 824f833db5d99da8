#include "converter/node_numbers.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <vector>

namespace heapgrind {
namespace {

std::vector<RecordBlock> Blocks(
    const std::vector<std::vector<uint64_t>>& addresses) {
  std::vector<RecordBlock> blocks;
  for (const std::vector<uint64_t>& some : addresses) {
    blocks.emplace_back().address = some;
  }
  return blocks;
}

TEST(NodeNumbersChoiceTest, AddressesThatLieTogetherUseTheBitmap) {
  EXPECT_TRUE(NodeNumbers(Blocks({{16, 32}, {48}})).uses_bitmap());
}

TEST(NodeNumbersChoiceTest, AddressesAtOddPlacesUseTheHashTable) {
  EXPECT_FALSE(NodeNumbers(Blocks({{16, 33}, {48}})).uses_bitmap());
}

TEST(NodeNumbersChoiceTest, AddressesFarApartUseTheHashTable) {
  std::vector<uint64_t> addresses;
  for (uint64_t i = 0; i < 10000; ++i) addresses.push_back(i << 40);
  EXPECT_FALSE(NodeNumbers(Blocks({addresses})).uses_bitmap());
}

// With a bitmap and, where max_bitmap_bytes is 0, without.
class NodeNumbersTest : public testing::TestWithParam<uint64_t> {};

TEST_P(NodeNumbersTest, NumbersAreInTheOrderOfAddresses) {
  const NodeNumbers numbers(Blocks({{48, 16}, {}, {32}}), GetParam());
  EXPECT_EQ(numbers.size(), 3u);
  EXPECT_EQ(numbers.Find(16), 0u);
  EXPECT_EQ(numbers.Find(32), 1u);
  EXPECT_EQ(numbers.Find(48), 2u);
  EXPECT_EQ(numbers.Find(24), kNoNode);
  EXPECT_EQ(numbers.Find(0), kNoNode);
  EXPECT_TRUE(numbers.repeated().empty());
}

TEST_P(NodeNumbersTest, EachRecordButTheFirstOfItsAddressIsRepeated) {
  const NodeNumbers numbers(Blocks({{16, 32, 16}, {32, 48}, {16}}), GetParam());
  EXPECT_EQ(numbers.size(), 3u);
  ASSERT_EQ(numbers.repeated().size(), 3u);
  EXPECT_EQ(numbers.repeated()[0].block, 0u);
  EXPECT_EQ(numbers.repeated()[0].record, 2u);
  EXPECT_EQ(numbers.repeated()[1].block, 1u);
  EXPECT_EQ(numbers.repeated()[1].record, 0u);
  EXPECT_EQ(numbers.repeated()[2].block, 2u);
  EXPECT_EQ(numbers.repeated()[2].record, 0u);
}

INSTANTIATE_TEST_SUITE_P(BitmapAndHashTable, NodeNumbersTest,
                         testing::Values(NodeNumbers::kMaxBitmapBytes, 0));

TEST(NodeNumbersChoiceTest, BitmapAndHashTableAgree) {
  std::mt19937_64 random(1);
  std::vector<std::vector<uint64_t>> addresses(5);
  for (int i = 0; i < 20000; ++i) {
    addresses[i / 4000].push_back(0x7f0000000000 + random() % 40000 * 16);
  }
  const std::vector<RecordBlock> blocks = Blocks(addresses);
  const NodeNumbers bitmap(blocks);
  const NodeNumbers hash_table(blocks, 0);
  ASSERT_TRUE(bitmap.uses_bitmap());
  ASSERT_FALSE(hash_table.uses_bitmap());
  ASSERT_EQ(bitmap.size(), hash_table.size());
  ASSERT_EQ(bitmap.repeated().size(), hash_table.repeated().size());
  for (uint64_t i = 0; i < 80000; ++i) {
    const uint64_t address = 0x7f0000000000 + i * 8;
    ASSERT_EQ(bitmap.Find(address), hash_table.Find(address));
  }
}

}  // namespace
}  // namespace heapgrind

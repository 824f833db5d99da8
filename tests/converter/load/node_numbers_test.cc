#include "converter/load/node_numbers.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <random>
#include <utility>
#include <vector>

namespace heapgrind {
namespace {

std::vector<RecordBlock> Blocks(
    const std::vector<std::vector<uint64_t>>& addresses) {
  // As if two threads had packed them.
  const std::shared_ptr<AddressPacker> packers[] = {
      std::make_shared<AddressPacker>(), std::make_shared<AddressPacker>()};
  std::vector<RecordBlock> blocks;
  for (const std::vector<uint64_t>& some : addresses) {
    RecordBlock block;
    block.packer = packers[blocks.size() % 2];
    for (const uint64_t address : some) {
      block.address.push_back(
          packers[blocks.size() % 2]->Pack(address, &block.far_addresses));
    }
    blocks.push_back(std::move(block));
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
  const NodeNumbers numbers(Blocks({{48, 16}, {}, {32}}), 2, GetParam());
  EXPECT_EQ(numbers.size(), 3u);
  EXPECT_EQ(numbers.Find(16), 0u);
  EXPECT_EQ(numbers.Find(32), 1u);
  EXPECT_EQ(numbers.Find(48), 2u);
  EXPECT_EQ(numbers.Find(24), kNoNode);
  EXPECT_EQ(numbers.Find(0), kNoNode);
  EXPECT_TRUE(numbers.repeated().empty());
}

TEST_P(NodeNumbersTest, EachRecordButTheFirstOfItsAddressIsRepeated) {
  const NodeNumbers numbers(Blocks({{16, 32, 16}, {32, 48}, {16}}), 2,
                            GetParam());
  EXPECT_EQ(numbers.size(), 3u);
  ASSERT_EQ(numbers.repeated().size(), 3u);
  EXPECT_EQ(numbers.repeated()[0].block, 0u);
  EXPECT_EQ(numbers.repeated()[0].record, 2u);
  EXPECT_EQ(numbers.repeated()[1].block, 1u);
  EXPECT_EQ(numbers.repeated()[1].record, 0u);
  EXPECT_EQ(numbers.repeated()[2].block, 2u);
  EXPECT_EQ(numbers.repeated()[2].record, 0u);
}

TEST_P(NodeNumbersTest, FinderFindsWhatItsPackerPacked) {
  const std::vector<RecordBlock> blocks =
      Blocks({{1 << 30, 16}, {2 << 20, 1 << 30}, {24 << 20}});
  const NodeNumbers numbers(blocks, 2, GetParam());
  const NodeFinder finder(numbers, *blocks[1].packer);
  EXPECT_EQ(finder.Find(blocks[1].address[0]), 1u);
  EXPECT_EQ(finder.Find(blocks[1].address[1]), 3u);
  EXPECT_EQ(finder.Find(blocks[1].address[0] + 1), kNoNode);
}

TEST_P(NodeNumbersTest, AddressesCanBeTaken) {
  NodeNumbers numbers(Blocks({{1 << 30, 16}, {2 << 20, 24}}), 2, GetParam());
  const NodeAddresses addresses = numbers.TakeAddresses();
  EXPECT_EQ(addresses[0], 16u);
  EXPECT_EQ(addresses[1], 24u);
  EXPECT_EQ(addresses[2], 2u << 20);
  EXPECT_EQ(addresses[3], 1u << 30);
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
  const NodeNumbers bitmap(blocks, 2);
  const NodeNumbers hash_table(blocks, 2, 0);
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

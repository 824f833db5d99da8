#include "converter/load/address_index.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace heapgrind {
namespace {

TEST(AddressIndexTest, IndexOfNothingFindsNothing) {
  const std::vector<uint64_t> addresses;
  EXPECT_EQ(AddressIndex(addresses).Find(0), AddressIndex::kAbsent);
}

TEST(AddressIndexTest, FirstOfEqualAddressesCounts) {
  const std::vector<uint64_t> addresses = {7, 0, 7, UINT64_MAX};
  const AddressIndex index(addresses);
  EXPECT_EQ(index.Find(7), 0u);
  EXPECT_EQ(index.Find(0), 1u);
  EXPECT_EQ(index.Find(UINT64_MAX), 3u);
  EXPECT_EQ(index.Find(8), AddressIndex::kAbsent);
}

TEST(AddressIndexTest, AgreesWithAHashMap) {
  std::mt19937_64 random(1);
  std::vector<uint64_t> addresses;
  absl::flat_hash_map<uint64_t, uint32_t> expected;
  for (uint32_t i = 0; i < 20000; ++i) {
    // Some close together, as allocators place objects, some anywhere.
    const uint64_t address =
        i % 4 == 0 ? random() : 0x7f0000000000 + random() % 50000 * 16;
    addresses.push_back(address);
    expected.emplace(address, i);
  }
  const AddressIndex index(addresses);
  for (const auto& [address, place] : expected) {
    ASSERT_EQ(index.Find(address), place);
    const auto next = expected.find(address + 16);
    ASSERT_EQ(index.Find(address + 16),
              next == expected.end() ? AddressIndex::kAbsent : next->second);
  }
}

}  // namespace
}  // namespace heapgrind

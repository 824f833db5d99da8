#include "converter/commands/strip/address_set.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace heapgrind {
namespace {

TEST(AddressSetTest, InsertSaysWhetherTheAddressIsNew) {
  AddressSet addresses;
  EXPECT_TRUE(addresses.Insert(4096));
  EXPECT_TRUE(addresses.Insert(4112));
  EXPECT_FALSE(addresses.Insert(4096));
  EXPECT_TRUE(addresses.Contains(4096));
  EXPECT_FALSE(addresses.Contains(4128));
}

TEST(AddressSetTest, AddressesWithinSixteenBytesAreDifferent) {
  AddressSet addresses;
  for (uint64_t address = 32; address < 48; address += 2) {
    EXPECT_TRUE(addresses.Insert(address)) << address;
  }
  EXPECT_TRUE(addresses.Contains(34));
  EXPECT_FALSE(addresses.Contains(35));
}

TEST(AddressSetTest, HoldsBothEndsOfTheAddressSpace) {
  AddressSet addresses;
  EXPECT_TRUE(addresses.Insert(0));
  EXPECT_TRUE(addresses.Insert(UINT64_MAX));
  EXPECT_FALSE(addresses.Insert(UINT64_MAX));
  EXPECT_FALSE(addresses.Contains(UINT64_MAX - 16));
}

TEST(AddressSetTest, AgreesWithAStandardSet) {
  std::mt19937_64 random(7);
  AddressSet addresses;
  std::set<uint64_t> expected;
  for (int i = 0; i < 20000; ++i) {
    // Some close together, some anywhere, some at odd places.
    const uint64_t address =
        i % 3 == 0 ? random() : (1 << 20) + random() % (1 << 15) * (i % 2 + 7);
    ASSERT_EQ(addresses.Insert(address), expected.insert(address).second) << i;
    const uint64_t other = address + random() % 64;
    ASSERT_EQ(addresses.Contains(other), expected.count(other) == 1) << i;
  }
}

}  // namespace
}  // namespace heapgrind

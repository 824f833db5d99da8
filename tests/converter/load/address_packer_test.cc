#include "converter/load/address_packer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <vector>

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr uint32_t kFar = AddressPacker::kFar;

std::vector<uint64_t> Unpacked(const AddressPacker& packer,
                               const std::vector<uint32_t>& packed,
                               const std::vector<uint64_t>& far_addresses) {
  PackedAddresses reader(packer, packed, far_addresses);
  std::vector<uint64_t> addresses;
  for (size_t i = 0; i < packed.size(); ++i) addresses.push_back(reader.Next());
  return addresses;
}

TEST(AddressPackerTest, AddressesOfAPageHaveItsNumber) {
  AddressPacker packer;
  std::vector<uint64_t> far_addresses;
  EXPECT_EQ(packer.Pack(0x7f0000000000, &far_addresses), 0u);
  EXPECT_EQ(packer.Pack(0x7f0000000010, &far_addresses), 2u);
  EXPECT_EQ(packer.Pack(0x560000000008, &far_addresses), (1u << 17) + 1);
  EXPECT_EQ(packer.Pack(0x7f00000ffff8, &far_addresses), (1u << 17) - 1);
  EXPECT_THAT(far_addresses, IsEmpty());
  EXPECT_THAT(packer.pages(),
              ElementsAre(0x7f0000000000 >> 20, 0x560000000000 >> 20));
}

TEST(AddressPackerTest, OddPlacesAndPagesTooManyAreFar) {
  AddressPacker packer(2);
  std::vector<uint64_t> far_addresses;
  EXPECT_EQ(packer.Pack(4, &far_addresses), kFar);
  EXPECT_EQ(packer.Pack(8, &far_addresses), 1u);
  EXPECT_EQ(packer.Pack(12, &far_addresses), kFar);
  EXPECT_EQ(packer.Pack(1 << 20, &far_addresses), 1u << 17);
  EXPECT_EQ(packer.Pack(2 << 20, &far_addresses), kFar);
  EXPECT_EQ(packer.Pack((1 << 20) + 8, &far_addresses), (1u << 17) + 1);
  EXPECT_THAT(far_addresses, ElementsAre(4, 12, 2 << 20));
}

TEST(AddressPackerTest, LastGranuleOfTheLastPageIsNotTakenForFar) {
  AddressPacker packer;
  std::vector<uint64_t> far_addresses;
  uint32_t packed = 0;
  for (uint64_t page = 0; page < AddressPacker::kMaxPages; ++page) {
    packed = packer.Pack(page * kPageBytes + kPageBytes - 8, &far_addresses);
  }
  EXPECT_NE(packed, kFar);
  EXPECT_EQ(packer.Unpack(packed), AddressPacker::kMaxPages * kPageBytes - 8);
  EXPECT_EQ(packer.Pack(AddressPacker::kMaxPages * kPageBytes, &far_addresses),
            kFar);
}

TEST(AddressPackerTest, AllAddressesComeBack) {
  std::mt19937_64 random(1);
  AddressPacker packer(100);
  std::vector<uint64_t> addresses;
  std::vector<uint32_t> packed;
  std::vector<uint64_t> far_addresses;
  for (int i = 0; i < 20000; ++i) {
    addresses.push_back(0x7f0000000000 + random() % (150 << 20) / 4 * 4);
    packed.push_back(packer.Pack(addresses.back(), &far_addresses));
  }
  EXPECT_EQ(Unpacked(packer, packed, far_addresses), addresses);
}

}  // namespace
}  // namespace heapgrind

#include "converter/commands/walk/find_terms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/converter/commands/walk/walked_heap.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The addresses of what fits.
std::vector<uint64_t> Found(const std::vector<std::string>& words) {
  WalkedHeap walked(SomeLines());
  const absl::StatusOr<std::vector<FindTerm>> terms = ParseFindTerms(words);
  EXPECT_TRUE(terms.ok()) << terms.status();
  std::vector<uint64_t> addresses;
  for (const Place place : FindObjects(walked.heap(), *terms)) {
    addresses.push_back(walked.heap().graph().address[place]);
  }
  return addresses;
}

std::string ErrorOf(const std::string& word) {
  return std::string(ParseFindTerms({word}).status().message());
}

TEST(FindTermsTest, TypesFitPatterns) {
  EXPECT_THAT(Found({"type=N*e"}), ElementsAre(1776, 1808, 1888));
  EXPECT_THAT(Found({"type=Node"}), ElementsAre(1808, 1888));
  EXPECT_THAT(Found({"type~od"}), ElementsAre(1632, 1808, 1888));
}

TEST(FindTermsTest, ValuesContainTexts) {
  EXPECT_THAT(Found({"value~'g t'"}), ElementsAre(1904));
  EXPECT_THAT(Found({"value=7"}), ElementsAre(1728));
  EXPECT_THAT(Found({"value=long"}), IsEmpty());
}

TEST(FindTermsTest, NamesAreThoseOfReferencesAndDefinitions) {
  EXPECT_THAT(Found({"name~ext"}), ElementsAre(1888));
  EXPECT_THAT(Found({"name=cell x"}), ElementsAre(1904));
  EXPECT_THAT(Found({"name='k 1'"}), ElementsAre(1712));
  EXPECT_THAT(Found({"name=app"}), ElementsAre(1632));
  EXPECT_THAT(Found({"name=modules"}), ElementsAre(1600));
}

TEST(FindTermsTest, SizesAreCompared) {
  EXPECT_THAT(Found({"size>9", "type=set"}), ElementsAre(1920));
  EXPECT_THAT(Found({"size<10"}), IsEmpty());
  EXPECT_THAT(Found({"size=10", "type=set"}), ElementsAre(1920));
  EXPECT_THAT(Found({"retained>1K"}), IsEmpty());
}

TEST(FindTermsTest, UnitsArePowersOf1024) {
  EXPECT_EQ((*ParseFindTerms({"size>3M"}))[0].bytes, 3u << 20);
  EXPECT_EQ((*ParseFindTerms({"size>17"}))[0].bytes, 17u);
}

TEST(FindTermsTest, WhatIsNoTermIsAnError) {
  const std::string expected =
      "expected type=GLOB, value~TEXT, name~TEXT, size>N or retained>N, got ";
  EXPECT_EQ(ErrorOf("type"), expected + "type");
  EXPECT_EQ(ErrorOf("size~3"), expected + "size~3");
  EXPECT_EQ(ErrorOf("typ=x"), expected + "typ=x");
  EXPECT_EQ(ErrorOf("size>99999999999G"),
            "expected a number of bytes (17, 64K, 3M, 2G) in "
            "size>99999999999G, got \"99999999999G\"");
}

}  // namespace
}  // namespace heapgrind

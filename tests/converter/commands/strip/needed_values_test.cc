#include "converter/commands/strip/needed_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "converter/dump/dump_record_parser.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The addresses of those of the `lines` that need their values.
std::vector<uint64_t> Needing(const std::vector<std::string>& lines) {
  NeededValues needed;
  DumpRecordParser parser;
  for (const std::string& line : lines) {
    EXPECT_TRUE(parser.Parse(line).ok()) << line;
    needed.SeeNames(parser.record());
  }
  for (const std::string& line : lines) {
    EXPECT_TRUE(parser.Parse(line).ok());
    needed.SeeKeys(parser.record());
  }
  std::vector<uint64_t> addresses;
  for (const std::string& line : lines) {
    EXPECT_TRUE(parser.Parse(line).ok());
    if (needed.Needs(parser.record())) {
      addresses.push_back(parser.record().address);
    }
  }
  return addresses;
}

std::string Text(uint64_t address, const std::string& value) {
  return R"({"address": )" + std::to_string(address) +
         R"(, "type": "str", "size": 50, "value": ")" + value +
         R"(", "refs": []})";
}

TEST(NeededValuesTest, ContentIsNotNeeded) {
  EXPECT_THAT(
      Needing({R"({"address": 16, "type": "list", "size": 8, "refs": [32]})",
               Text(32, "a secret")}),
      IsEmpty());
}

TEST(NeededValuesTest, KeysAreNeeded) {
  EXPECT_THAT(Needing({Text(32, "user"), Text(48, "somebody"),
                       R"({"address": 16, "type": "dict", "size": 8,
                           "pairs": 1, "refs": [32, 48, 64]})",
                       Text(64, "no key")}),
              ElementsAre(32));
}

TEST(NeededValuesTest, ShortTextsAreNeeded) {
  EXPECT_THAT(Needing({Text(16, "abcd"), Text(32, "abcde"), Text(48, "")}),
              ElementsAre(16, 48));
}

TEST(NeededValuesTest, WhatASpecialKeyCallsIsNeeded) {
  EXPECT_THAT(Needing({R"({"address": 16, "type": "dict", "size": 8,
                           "pairs": 1, "refs": [32, 48]})",
                       Text(48, "a module"), Text(32, "__name__")}),
              ElementsAre(48, 32));
}

TEST(NeededValuesTest, WhatASpecialNameCallsIsNeeded) {
  EXPECT_THAT(Needing({R"({"address": 16, "type": "function", "size": 8,
                   "refs": [32, 48], "names": ["__qualname__", "other"]})",
                       Text(32, "Class.method"), Text(48, "content")}),
              ElementsAre(32));
}

TEST(NeededValuesTest, AValueThatStandsForANameIsNeeded) {
  EXPECT_THAT(Needing({R"({"address": 16, "type": "frame", "size": 8,
                           "value": "serve_all", "refs": []})",
                       R"({"address": 32, "type": "frame", "size": 8,
                           "name": "serve", "value": "serve_all", "refs": []})",
                       R"({"address": 48, "type": "x", "size": 8, "file": "f",
                           "kind": "object", "value": "serve_all",
                           "refs": []})"}),
              ElementsAre(16, 48));
}

TEST(NeededValuesTest, NothingNeedsAValueThatIsNotThere) {
  EXPECT_THAT(Needing({R"({"address": 16, "type": "frame", "size": 8,
                           "refs": []})"}),
              IsEmpty());
}

}  // namespace
}  // namespace heapgrind

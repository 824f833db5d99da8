// Tests what the parser takes out of a record.

#include "converter/dump/dump_record_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <string_view>

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(DumpRecordParserTest, FillsEveryFieldOfAnObject) {
  DumpRecordParser parser;
  ASSERT_TRUE(
      parser
          .Parse(
              R"({"address": 1, "type": "T", "size": 2, "gc": 3, "slack": 4, )"
              R"("kind": "class", "name": "n", "qualname": "q", )"
              R"("module": "m", "file": "f", "line": 5, "len": 6, )"
              R"("value": "v", "refcount": 7, "pairs": 1, )"
              R"("refs": [8, 9, 10], "refs_left_out": 11, "names": ["x"]})")
          .ok());
  const DumpRecord& record = parser.record();
  EXPECT_EQ(record.form, RecordForm::kObject);
  EXPECT_EQ(record.address, 1u);
  EXPECT_EQ(record.type, "T");
  EXPECT_EQ(record.size, 2u);
  EXPECT_EQ(record.gc, 3u);
  EXPECT_EQ(record.slack, 4u);
  EXPECT_EQ(record.kind, "class");
  EXPECT_EQ(record.name, "n");
  EXPECT_EQ(record.qualname, "q");
  EXPECT_EQ(record.module, "m");
  EXPECT_EQ(record.file, "f");
  EXPECT_EQ(record.line, 5u);
  EXPECT_EQ(record.len, 6u);
  EXPECT_EQ(record.value, "v");
  EXPECT_EQ(record.refcount, 7u);
  EXPECT_EQ(record.pairs, 1u);
  EXPECT_THAT(record.refs, ElementsAre(8, 9, 10));
  EXPECT_EQ(record.refs_left_out, 11u);
  EXPECT_THAT(record.names, ElementsAre("x"));
}

TEST(DumpRecordParserTest, ForgetsThePreviousLine) {
  DumpRecordParser parser;
  ASSERT_TRUE(parser
                  .Parse(R"({"address": 1, "type": "T", "size": 2, "len": 6, )"
                         R"("value": "v", "refs": [8], "names": ["x"]})")
                  .ok());
  ASSERT_TRUE(
      parser.Parse(R"({"refs": [], "size": 3, "type": "", "address": 4})")
          .ok());
  EXPECT_EQ(parser.record().address, 4u);
  EXPECT_EQ(parser.record().len, 0u);
  EXPECT_EQ(parser.record().value.data(), nullptr);
  EXPECT_NE(parser.record().type.data(), nullptr);
  EXPECT_THAT(parser.record().refs, IsEmpty());
  EXPECT_THAT(parser.record().names, IsEmpty());
}

TEST(DumpRecordParserTest, FillsRootAndEnd) {
  DumpRecordParser parser;
  ASSERT_TRUE(parser
                  .Parse(R"({"root": "thread", "name": "Main", "id": 9, )"
                         R"("refs": [1, 2], "names": [null, "frame"]})")
                  .ok());
  EXPECT_EQ(parser.record().form, RecordForm::kRoot);
  EXPECT_EQ(parser.record().root, "thread");
  EXPECT_EQ(parser.record().name, "Main");
  EXPECT_EQ(parser.record().id, 9u);
  EXPECT_THAT(parser.record().refs, ElementsAre(1, 2));
  EXPECT_THAT(parser.record().names, ElementsAre(std::string_view(), "frame"));
  EXPECT_EQ(parser.record().names[0].data(), nullptr);
  ASSERT_TRUE(parser.Parse(R"({"end": 3, "size": 4})").ok());
  EXPECT_EQ(parser.record().form, RecordForm::kEnd);
  EXPECT_EQ(parser.record().end, 3u);
  EXPECT_EQ(parser.record().size, 4u);
}

TEST(DumpRecordParserTest, FillsSite) {
  DumpRecordParser parser;
  ASSERT_TRUE(
      parser.Parse(R"({"site": 3, "file": "a.py", "line": 7, "caller": 2})")
          .ok());
  EXPECT_EQ(parser.record().form, RecordForm::kSite);
  EXPECT_EQ(parser.record().site, 3u);
  EXPECT_EQ(parser.record().file, "a.py");
  EXPECT_EQ(parser.record().line, 7u);
  EXPECT_EQ(parser.record().caller, 2u);
}

TEST(DumpRecordParserTest, ReadsTheLargestNumber) {
  DumpRecordParser parser;
  ASSERT_TRUE(parser
                  .Parse(R"({"address": 18446744073709551615, "type": "T", )"
                         R"("size": 0, "refs": [18446744073709551615]})")
                  .ok());
  EXPECT_EQ(parser.record().address, std::numeric_limits<uint64_t>::max());
  EXPECT_THAT(parser.record().refs,
              ElementsAre(std::numeric_limits<uint64_t>::max()));
}

TEST(DumpRecordParserTest, IgnoresUnknownKeysWithWhateverTheyHold) {
  DumpRecordParser parser;
  ASSERT_TRUE(
      parser
          .Parse(R"({"new": {"refs": [1, "x", {"size": []}]}, )"
                 R"("other": [[1], {"address": 5}, true, null, -1.5], )"
                 R"("address": 1, "type": "T", "size": 2, "refs": [3]})")
          .ok());
  EXPECT_EQ(parser.record().address, 1u);
  EXPECT_EQ(parser.record().size, 2u);
  EXPECT_THAT(parser.record().refs, ElementsAre(3));
}

TEST(DumpRecordParserTest, TakesTheLastOfARepeatedKey) {
  DumpRecordParser parser;
  ASSERT_TRUE(parser
                  .Parse(R"({"address": 1, "address": 2, "type": "T", )"
                         R"("size": 2, "refs": [3], "refs": [4]})")
                  .ok());
  EXPECT_EQ(parser.record().address, 2u);
  EXPECT_THAT(parser.record().refs, ElementsAre(4));
}

TEST(DumpRecordParserTest, KeepsTextsThatShareALine) {
  DumpRecordParser parser;
  ASSERT_TRUE(
      parser
          .Parse(R"({"address": 1, "type": "a\"b", "size": 2, )"
                 R"("name": "\u0000\ud800", "value": "c\\", "refs": [], )"
                 R"("names": ["\n\n", "plain", ""]})")
          .ok());
  EXPECT_EQ(parser.record().type, "a\"b");
  EXPECT_EQ(parser.record().name, std::string("\0\xed\xa0\x80", 4));
  EXPECT_EQ(parser.record().value, "c\\");
  EXPECT_THAT(parser.record().names, ElementsAre("\n\n", "plain", ""));
  EXPECT_NE(parser.record().names[2].data(), nullptr);
}

TEST(DumpRecordParserTest, TakesBytesThatAreNoUtf8) {
  DumpRecordParser parser;
  ASSERT_TRUE(
      parser
          .Parse("{\"address\": 1, \"type\": \"\xff\xfe\", \"size\": 2, "
                 "\"value\": \"\xc3\\n\", \"refs\": []}")
          .ok());
  EXPECT_EQ(parser.record().type, "\xff\xfe");
  EXPECT_EQ(parser.record().value, "\xc3\n");
}

TEST(DumpRecordParserTest, KeepsANumberInValueAsItIsWritten) {
  DumpRecordParser parser;
  ASSERT_TRUE(parser
                  .Parse(R"({"address": 1, "type": "float", "size": 24, )"
                         R"("value": -1.50e3, "refs": []})")
                  .ok());
  EXPECT_EQ(parser.record().value, "-1.50e3");
}

TEST(DumpRecordParserTest, ReadsAMillionReferencesAndDeepNesting) {
  std::string line = R"({"address": 1, "type": "list", "size": 2, "deep": )";
  line.append(100000, '[').append(100000, ']').append(R"(, "refs": [0)");
  for (int i = 1; i < 1000000; ++i) line.append(", 140264121807088");
  line.append("]}");
  DumpRecordParser parser;
  ASSERT_TRUE(parser.Parse(line).ok());
  EXPECT_EQ(parser.record().refs.size(), 1000000u);
  EXPECT_EQ(parser.record().refs.back(), 140264121807088u);
}

}  // namespace
}  // namespace heapgrind

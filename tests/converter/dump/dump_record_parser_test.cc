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

// The whole message of the error that `line` is, or "OK".
std::string ErrorOf(absl::string_view line) {
  DumpRecordParser parser;
  const absl::Status status = parser.Parse(line);
  return status.ok() ? "OK" : std::string(status.message());
}

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

TEST(DumpRecordParserTest, WrongSitesAreErrors) {
  DumpRecordParser parser;
  EXPECT_EQ(parser.Parse(R"({"site": 3})").message(),
            "11: expected \"file\", got the end of the record");
  EXPECT_EQ(parser.Parse(R"({"site": 0, "file": ""})").message(),
            "23: expected a \"site\" from 1 to 4294967295, got 0");
  EXPECT_EQ(parser.Parse(R"({"site": 3, "file": "", "caller": 3})").message(),
            "36: expected a \"caller\" below the site, 3, got 3");
  EXPECT_EQ(
      parser
          .Parse(
              R"({"address": 1, "type": "", "size": 0, "site": 4294967296, "refs": []})")
          .message(),
      "69: expected a \"site\" from 0 to 4294967295, got 4294967296");
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

TEST(DumpRecordParserTest, IgnoresKeysOfOtherForms) {
  EXPECT_EQ(ErrorOf(R"({"end": 1, "size": 2, "type": 3, "refs": "none"})"),
            "OK");
  EXPECT_EQ(ErrorOf(R"({"root": "modules", "size": "big", "refs": []})"), "OK");
  EXPECT_EQ(ErrorOf(R"({"heapgrind": 1, "name": 5, "size": "big"})"), "OK");
  EXPECT_EQ(ErrorOf(R"({"address": 1, "type": "T", "size": 2, "refs": [], )"
                    R"("root": 1, "heapgrind": "x", "end": null})"),
            "OK");
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

TEST(DumpRecordParserTest, NamesTheMissingKey) {
  EXPECT_EQ(ErrorOf(R"({"type": "T", "size": 2, "refs": []})"),
            R"(36: expected "address", got the end of the record)");
  EXPECT_EQ(ErrorOf(R"({"address": 1, "size": 2, "refs": []} )"),
            R"(37: expected "type", got the end of the record)");
  EXPECT_EQ(ErrorOf(R"({"address": 1, "type": "T", "refs": []})"),
            R"(39: expected "size", got the end of the record)");
  EXPECT_EQ(ErrorOf(R"({"address": 1, "type": "T", "size": 2})"),
            R"(38: expected "refs", got the end of the record)");
}

TEST(DumpRecordParserTest, NamesTheMistypedKey) {
  EXPECT_EQ(
      ErrorOf(R"({"address": "1", "type": "T", "size": 2, "refs": []})"),
      R"(13: expected a whole number from 0 to 2^64-1 in "address", got a string)");
  EXPECT_EQ(ErrorOf(R"({"address": 1, "type": null, "size": 2, "refs": []})"),
            R"(24: expected a string in "type", got null)");
  EXPECT_EQ(
      ErrorOf(R"({"address": 1, "type": "T", "size": {}, "refs": []})"),
      R"(37: expected a whole number from 0 to 2^64-1 in "size", got an object)");
  EXPECT_EQ(
      ErrorOf(R"({"address": 1, "type": "T", "size": 2, "refs": 3})"),
      R"(48: expected a list, each a whole number from 0 to 2^64-1 in "refs", got 3)");
  EXPECT_EQ(
      ErrorOf(R"({"address": 1, "type": "T", "size": 2, "refs": [3, "4"]})"),
      R"(52: expected a whole number from 0 to 2^64-1 in "refs", got a string)");
  EXPECT_EQ(
      ErrorOf(R"({"address": 1, "type": "T", "size": 2, "refs": [[3]]})"),
      R"(49: expected a whole number from 0 to 2^64-1 in "refs", got an array)");
}

TEST(DumpRecordParserTest, NamesTheMistypedOptionalKey) {
  EXPECT_EQ(
      ErrorOf(
          R"({"address": 1, "type": "T", "size": 2, "len": true, "refs": []})"),
      R"(47: expected a whole number from 0 to 2^64-1 in "len", got true)");
  EXPECT_EQ(
      ErrorOf(
          R"({"address": 1, "type": "T", "size": 2, "value": [], "refs": []})"),
      R"(49: expected a string or a number in "value", got an array)");
  EXPECT_EQ(
      ErrorOf(
          R"({"address": 1, "type": "T", "size": 2, "refs": [], "names": [1]})"),
      R"(62: expected a string or null in "names", got 1)");
  EXPECT_EQ(ErrorOf(R"({"root": 1})"),
            R"(10: expected a string in "root", got 1)");
  EXPECT_EQ(
      ErrorOf(R"({"end": "x"})"),
      R"(9: expected a whole number from 0 to 2^64-1 in "end", got a string)");
}

TEST(DumpRecordParserTest, RefusesNumbersThatAreNotWholeOrNot64Bit) {
  EXPECT_EQ(
      ErrorOf(R"({"address": -1, "type": "T", "size": 2, "refs": []})"),
      R"(13: expected a whole number from 0 to 2^64-1 in "address", got -1)");
  EXPECT_EQ(
      ErrorOf(R"({"address": 1, "type": "T", "size": 2.5, "refs": []})"),
      R"(37: expected a whole number from 0 to 2^64-1 in "size", got 2.5)");
  EXPECT_EQ(
      ErrorOf(R"({"address": 1, "type": "T", "size": 1e3, "refs": []})"),
      R"(37: expected a whole number from 0 to 2^64-1 in "size", got 1e3)");
  EXPECT_EQ(
      ErrorOf(
          R"({"address": 1, "type": "T", "size": 2, "refs": [18446744073709551616]})"),
      R"(49: expected a whole number from 0 to 2^64-1 in "refs", got 18446744073709551616)");
}

TEST(DumpRecordParserTest, RefusesPairsBeyondTheReferences) {
  EXPECT_EQ(
      ErrorOf(
          R"({"address": 1, "type": "dict", "size": 2, "pairs": 2, "refs": [1, 2, 3]})"),
      R"(72: expected 2 pairs of references, as "pairs" says, got 3 references)");
}

TEST(DumpRecordParserTest, RefusesJsonThatIsNoRecord) {
  EXPECT_EQ(ErrorOf("12"), "1: expected a record, got 12");
  EXPECT_EQ(ErrorOf(" true"), "2: expected a record, got true");
  EXPECT_EQ(ErrorOf("[1, 2]"), "1: expected a record, got an array");
  EXPECT_EQ(ErrorOf("\"text\""), "1: expected a record, got a string");
  EXPECT_EQ(ErrorOf(" {}"),
            R"(2: expected a record with "address", "root", "end" or )"
            R"("heapgrind", got an object without them)");
  EXPECT_EQ(ErrorOf(R"({"size": 5})"),
            R"(1: expected a record with "address", "root", "end" or )"
            R"("heapgrind", got an object without them)");
}

TEST(DumpRecordParserTest, RefusesMoreThanOneRecordALine) {
  EXPECT_EQ(ErrorOf(R"({"end": 1} {"end": 1})"),
            "12: expected the end of the line after the record, got an object");
  EXPECT_EQ(ErrorOf(R"({"end": 1},)"),
            R"(11: expected the end of the line after the record, got ",")");
  EXPECT_EQ(ErrorOf(R"({"end": 1} tru)"),
            R"(12: expected the end of the line after the record, got "tru")");
  EXPECT_EQ(ErrorOf(R"({"end": 1} "})"),
            "12: expected the end of the line after the record, got a string");
}

TEST(DumpRecordParserTest, RefusesWhatIsNoJson) {
  EXPECT_EQ(ErrorOf("hello"), R"(1: expected a record, got "hello")");
  EXPECT_EQ(ErrorOf("\x80\x03X"), "1: expected a record, got byte 0x80");
  EXPECT_EQ(ErrorOf(R"({"a" 1})"), R"(6: expected ":" after a key, got 1)");
  EXPECT_EQ(ErrorOf(R"({a: 1})"), R"(2: expected JSON, got "a")");
  EXPECT_EQ(ErrorOf(R"({1: 1})"), R"(2: expected a key in quotes, got 1)");
  EXPECT_EQ(ErrorOf(R"({"a": 1 "b"})"),
            R"(9: expected "," or "}", got a string)");
  EXPECT_EQ(ErrorOf(R"({"a": [1 2]})"), R"(10: expected "," or "]", got 2)");
  EXPECT_EQ(ErrorOf(R"({"a": hello})"), R"(7: expected JSON, got "hello")");
  EXPECT_EQ(ErrorOf(R"({"a": nan})"), R"(7: expected JSON, got "nan")");
  EXPECT_EQ(ErrorOf(R"({"a": 01})"), R"(7: expected "," or "}", got 01)");
  EXPECT_EQ(ErrorOf(R"({"a": 1.x})"),
            R"(7: expected a digit after the decimal point, got 1.x)");
  EXPECT_EQ(ErrorOf(R"({"a": 1,})"), R"(9: expected a key in quotes, got "}")");
}

TEST(DumpRecordParserTest, PointsAtTheWrongByteInsideAString) {
  EXPECT_EQ(ErrorOf(R"({"a": "x\q"})"),
            R"(10: expected one of "\/bfnrtu after a \, got "q")");
  EXPECT_EQ(ErrorOf("{\"a\": \"x\ty\"}"),
            "9: expected no control character in a string, got byte 0x09");
  EXPECT_EQ(ErrorOf(R"({"a": "\u12g4"})"),
            R"(12: expected four hexadecimal digits after \u, got "g")");
}

TEST(DumpRecordParserTest, TellsACutOffLineFromAWrongOne) {
  DumpRecordParser parser;
  EXPECT_EQ(
      parser.Parse(R"({"address": 1, "type": "T)"),
      absl::OutOfRangeError(
          "26: expected the rest of the record, got the end of the line"));
  EXPECT_EQ(parser.Parse("nonsense").code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(parser.Parse(R"({"end": 1})").ok());
}

TEST(DumpRecordParserTest, TakesABlankBeforeAndAfterARecord) {
  EXPECT_EQ(ErrorOf("\t {\"end\": 1} \r"), "OK");
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

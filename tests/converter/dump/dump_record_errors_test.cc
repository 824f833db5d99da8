// Tests which lines are no records, and what is said of them.

#include <gtest/gtest.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "converter/dump/dump_record_parser.h"

namespace heapgrind {
namespace {

// The whole message of the error that `line` is, or "OK".
std::string ErrorOf(absl::string_view line) {
  DumpRecordParser parser;
  const absl::Status status = parser.Parse(line);
  return status.ok() ? "OK" : std::string(status.message());
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

TEST(DumpRecordParserTest, TakesABlankBeforeAndAfterARecord) {
  EXPECT_EQ(ErrorOf("\t {\"end\": 1} \r"), "OK");
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

TEST(DumpRecordParserTest, RefusesMoreResidentThanTheSize) {
  EXPECT_EQ(
      ErrorOf(
          R"({"address": 1, "type": "mmap", "size": 2, "resident": 3, "refs": []})"),
      R"(68: expected a "resident" up to the size, 2, got 3)");
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

}  // namespace
}  // namespace heapgrind

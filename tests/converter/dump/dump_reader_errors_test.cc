// Tests which files the reader refuses, and what it says.

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "converter/dump/dump_reader.h"
#include "tests/converter/support/dump_reading.h"
#include "tests/converter/support/string_source.h"

namespace heapgrind {
namespace {

TEST(DumpReaderTest, RefusesALineAfterTheArray) {
  EXPECT_EQ(ErrorOf(absl::StrCat("[\n", kObject, "]\n", kObject)),
            "a.json:4:1: expected the end of the dump after \"]\", got another "
            "line");
}

TEST(DumpReaderTest, RefusesACutLineThatIsNotTheLast) {
  EXPECT_EQ(ErrorOf(absl::StrCat(kHeader, "{\"address\": 3\n", kObject)),
            "a.json:2:14: expected the rest of the record, got the end of the "
            "line");
}

TEST(DumpReaderTest, RefusesAnotherVersionOfTheFormat) {
  EXPECT_EQ(ErrorOf(absl::StrCat(
                "{\"pid\": 1, \"heapgrind\": 3, \"argv\": 5}\n", kObject)),
            "a.json:1:12: expected a dump of format 1 or 2, got 3");
}

TEST(DumpReaderTest, RefusesAMistypedHeader) {
  EXPECT_EQ(ErrorOf(absl::StrCat("{\"heapgrind\": \"1\"}\n", kObject)),
            "a.json:1:15: expected a whole number from 0 to 2^64-1 in "
            "\"heapgrind\", got a string");
  EXPECT_EQ(ErrorOf(absl::StrCat("{\"heapgrind\": 1, \"argv\": 5}\n", kObject)),
            "a.json:1:26: expected a list, each a string or null in \"argv\", "
            "got 5");
}

TEST(DumpReaderTest, RefusesASecondHeaderAndASecondEnd) {
  EXPECT_EQ(ErrorOf(absl::StrCat(kHeader, kObject, kHeader)),
            "a.json:3:1: expected one header, got a second one\n"
            "hint: a file holds one dump; convert each dump on its own");
  EXPECT_EQ(
      ErrorOf(absl::StrCat(kHeader, kObject, "{\"end\": 1}\n{\"end\": 1}\n")),
      "a.json:4:1: expected one end record, got a second one");
}

TEST(DumpReaderTest, RefusesADumpWithoutObjects) {
  EXPECT_EQ(ErrorOf(std::string(kHeader)),
            "a.json:1:1: expected at least one object record, got none");
  EXPECT_EQ(ErrorOf("\n \n"),
            "a.json:2:1: expected at least one object record, got none");
  EXPECT_EQ(ErrorOf("[\n]\n"),
            "a.json:2:1: expected at least one object record, got none");
}

TEST(DumpReaderTest, CountsColumnsFromTheFrontOfTheLine) {
  EXPECT_EQ(ErrorOf("[ {\"address\": x}]\n"),
            "a.json:1:15: expected JSON, got \"x\"");
  EXPECT_EQ(ErrorOf(absl::StrCat(kObject, "  [1]\n")),
            "a.json:2:3: expected a record, got an array");
}

TEST(DumpReaderTest, HintsAtWhatAForeignFileIs) {
  EXPECT_EQ(ErrorOf("{\"snapshot\":{\"meta\":{\n"),
            "a.json:1:22: expected the rest of the record, got the end of the "
            "line\nhint: this looks like a V8 heap snapshot; only dumps of "
            "Python processes can be read");
  EXPECT_EQ(ErrorOf("\x80\x04\x95.\n"),
            "a.json:1:1: expected a record, got byte 0x80\nhint: this looks "
            "like a Python pickle; a dump is made with heapgrind.dump(FILE)");
}

TEST(DumpReaderTest, PassesOnAnErrorOfTheVisitorWithItsPlace) {
  StringSource source{std::string(kObject)};
  EXPECT_EQ(ReadDump("a.json", &source,
                     {[](const DumpHeader&) {},
                      [](const DumpRecord&) {
                        return absl::ResourceExhaustedError("expected less");
                      },
                      [](uint64_t, uint64_t) {}})
                .status(),
            absl::ResourceExhaustedError("a.json:1:1: expected less"));
}

}  // namespace
}  // namespace heapgrind

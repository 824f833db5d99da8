// Tests which lines the scanner takes, and that it never reads one differently
// from the parser.

#include "converter/dump/canonical_record.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "converter/files/byte_source.h"
#include "converter/files/dump_source.h"
#include "tests/converter/support/scanner_agreement.h"

namespace heapgrind {
namespace {

// A line with every key that an object may have.
constexpr char kFullLine[] =
    R"({"address": 140264121807088, "type": "type", "size": 1064, "gc": 16, )"
    R"("slack": 8, "site": 9, "kind": "class", "name": "C", "qualname": "A.C", )"
    R"("module": "m", "file": "/m.py", "line": 7, "last_line": 8, "len": 2, "value": "v", )"
    R"("refcount": 3, "pairs": 1, "refs": [1, 20, 18446744073709551], )"
    R"("refs_left_out": 5, "names": [null, "", "n"]})";

bool IsTaken(absl::string_view line) {
  DumpRecord record;
  return ScanCanonicalRecord(line, &record);
}

std::string ContentOf(absl::string_view path) {
  const std::unique_ptr<ByteSource> source = *OpenDumpSource(path);
  std::string content;
  std::vector<char> buffer(1 << 20);
  while (const size_t count = *source->Read(buffer.data(), buffer.size())) {
    content.append(buffer.data(), count);
  }
  return content;
}

std::string BytesOf(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string LineWithValue(const std::string& value) {
  return absl::StrCat(R"({"address": 1, "type": "t", "size": 2, "value": )",
                      value, R"(, "refs": []})");
}

TEST(CanonicalRecordTest, EveryKeyIsRead) {
  DumpRecord record;
  ASSERT_TRUE(ScanCanonicalRecord(kFullLine, &record));
  EXPECT_EQ(DescribeRecord(record),
            R"(form 2 140264121807088 1064 16 8 9 2 7 8 3 1 5 0 0 0 4"type" )"
            R"(5"class" 1"C" 3"A.C" 1"m" 5"/m.py" 1"v" null )"
            R"(refs 1 20 18446744073709551 names null 0"" 1"n")");
}

TEST(CanonicalRecordTest, NothingOfTheLineBeforeIsLeft) {
  DumpRecord record;
  ASSERT_TRUE(ScanCanonicalRecord(kFullLine, &record));
  ASSERT_TRUE(ScanCanonicalRecord(
      R"({"address": 1, "type": "t", "size": 0, "refs": []})", &record));
  EXPECT_EQ(
      DescribeRecord(record),
      R"(form 2 1 0 0 0 0 0 0 0 0 0 0 0 0 0 1"t" null null null null null )"
      R"(null null refs names)");
}

TEST(CanonicalRecordTest, EveryFormOfNumberIsAValue) {
  for (const char* number :
       {"0", "-0", "12345678901234567890123", "-1.50", "1e5", "1.0E-7"}) {
    EXPECT_TRUE(IsTaken(LineWithValue(number))) << number;
  }
}

TEST(CanonicalRecordTest, WhatIsNoNumberOrStringIsLeftToTheParser) {
  for (const char* value :
       {"", "-", "01", "-01", "1.", ".5", "1e", "1e+", "1.e5", "+1", "null",
        "true", "[]", "\"a\tb\"", "\"a\\n\"", "\"a", "1 ", " 1", "0x1"}) {
    EXPECT_FALSE(IsTaken(LineWithValue(value))) << value;
  }
}

TEST(CanonicalRecordTest, OtherLinesAreLeftToTheParser) {
  for (
      const char* line :
      {"", "{}", "{\"address\": 1}",
       R"({"type": "t", "address": 1, "size": 2, "refs": []})",
       R"({"address": 1, "type": "t", "size": 2})",
       R"({"address":1, "type": "t", "size": 2, "refs": []})",
       R"({"address": 1, "type": "t", "size": 2, "refs": []},)",
       R"({"address": 1, "type": "t", "size": 2, "refs": []} )",
       R"({"address": 1, "type": "t", "size": 2, "refs": [1,2]})",
       R"({"address": 1, "type": "t", "size": 2, "refs": [1, ]})",
       R"({"address": 1, "type": "t", "size": 2, "refs": [01]})",
       R"({"address": 1, "type": "t", "size": 2.0, "refs": []})",
       R"({"address": 1, "type": "t", "size": -2, "refs": []})",
       R"({"address": 18446744073709551616, "type": "t", "size": 2, "refs": []})",
       R"({"address": 1, "type": "t", "size": 2, "pairs": 1, "refs": [1]})",
       R"({"address": 1, "type": "t", "size": 2, "x": 1, "refs": []})",
       R"({"address": 1, "type": "t", "size": 2, "site": 4294967296, "refs": []})",
       R"({"site": 1, "file": "a.py", "line": 2})",
       R"({"root": "modules", "refs": [1]})"}) {
    EXPECT_FALSE(IsTaken(line)) << line;
  }
}

TEST(CanonicalRecordTest, EveryFrontPartOfALineIsLeftToTheParser) {
  const std::string line = kFullLine;
  for (size_t size = 0; size < line.size(); ++size) {
    EXPECT_FALSE(IsTaken(line.substr(0, size))) << size;
  }
}

TEST(CanonicalRecordTest, ScannerAndParserAgreeOnLinesWithAChangedByte) {
  ScannerAgreement agreement;
  const std::string bytes = "0123456789-+.eE\"\\, []{}:an\t\x7f\x80\xff";
  for (size_t place = 0; place < sizeof(kFullLine) - 1; ++place) {
    for (const char byte : bytes) {
      std::string line = kFullLine;
      line[place] = byte;
      ASSERT_EQ(agreement.Compare(line), "");
    }
  }
  EXPECT_GT(agreement.num_taken(), 1000u);
}

TEST(CanonicalRecordTest, ScannerAndParserAgreeOnTheFuzzersCorpus) {
  ScannerAgreement agreement;
  for (const auto& entry :
       std::filesystem::directory_iterator("testdata/fuzz/dump_reader")) {
    EXPECT_EQ(agreement.Compare(BytesOf(entry.path())), "");
  }
  EXPECT_GT(agreement.num_taken(), 10u);
}

// Of each dump: the two agree on every line, and the scanner takes most.
class RealDumpTest : public testing::TestWithParam<const char*> {};

TEST_P(RealDumpTest, ScannerAgreesWithTheParserAndTakesNearlyAllLines) {
  ScannerAgreement agreement;
  ASSERT_EQ(agreement.Compare(
                ContentOf(absl::StrCat("testdata/", GetParam(), ".json.gz"))),
            "");
  RecordProperty("lines", static_cast<int>(agreement.num_lines()));
  RecordProperty("taken", static_cast<int>(agreement.num_taken()));
  EXPECT_GT(agreement.num_taken(), agreement.num_lines() * 9 / 10)
      << agreement.num_lines() << " lines";
}

INSTANTIATE_TEST_SUITE_P(CanonicalRecordTest, RealDumpTest,
                         testing::Values("leak", "shapes", "meliae-py27-all",
                                         "meliae-py27-gc"));

}  // namespace
}  // namespace heapgrind

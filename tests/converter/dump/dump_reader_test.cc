#include "converter/dump/dump_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/converter/support/string_source.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::string_view kHeader = "{\"heapgrind\": 1, \"pid\": 4711}\n";
constexpr absl::string_view kObject =
    "{\"address\": 16, \"type\": \"T\", \"size\": 8, \"refs\": []}\n";

// What was read of a dump: its facts or its error, and one text a record.
struct Reading {
  absl::StatusOr<DumpFacts> facts;
  std::vector<std::string> records;
};

Reading Read(std::string dump) {
  Reading reading;
  StringSource source(std::move(dump), 7);
  reading.facts = ReadDump(
      "a.json", &source,
      {[&](const DumpHeader& header) {
         reading.records.push_back(absl::StrCat("header ", header.pid));
       },
       [&](const DumpRecord& record) {
         reading.records.push_back(
             record.form == RecordForm::kRoot
                 ? absl::StrCat("root ", std::string(record.root))
                 : absl::StrCat("object ", record.address));
         return absl::OkStatus();
       },
       [](uint64_t, uint64_t) {}});
  return reading;
}

std::string ErrorOf(std::string dump) {
  const Reading reading = Read(std::move(dump));
  return reading.facts.ok() ? "OK"
                            : std::string(reading.facts.status().message());
}

// The names that the reader hands out of a dump with one record more.
std::vector<std::string> NamesOf(absl::string_view line, uint64_t* surplus) {
  std::vector<std::string> names;
  StringSource source(absl::StrCat(kHeader, line, "\n", kObject), 7);
  const absl::StatusOr<DumpFacts> facts = ReadDump(
      "a.json", &source,
      {[](const DumpHeader&) {},
       [&names](const DumpRecord& record) {
         names.insert(names.end(), record.names.begin(), record.names.end());
         return absl::OkStatus();
       },
       [](uint64_t, uint64_t) {}});
  *surplus = facts.ok() ? facts->num_surplus_names : UINT64_MAX;
  return names;
}

TEST(DumpReaderTest, LeavesOutNamesOfNoReference) {
  const struct {
    absl::string_view line;
    std::vector<std::string> names;
    uint64_t surplus;
  } cases[] = {
      {R"({"root": "r", "names": ["a"]})", {}, 1},
      {R"({"root": "r", "pairs": 9, "refs": [1], "names": ["a", "b"]})",
       {"a"},
       1},
      {R"({"address": 1, "type": "T", "size": 8, "refs": [1], "names": ["a", "b", "c"]})",
       {"a"},
       2},
      {R"({"names": ["a", "b", "c"], "address": 1, "type": "T", "size": 8, "refs": [1]})",
       {"a"},
       2},
      {R"({"address": 1, "type": "T", "size": 8, "pairs": 1, "refs": [1, 2], "names": ["a"]})",
       {},
       1},
      {R"({"address": 1, "type": "T", "size": 8, "refs": [1, 2], "names": ["a"]})",
       {"a"},
       0},
  };
  for (const auto& one : cases) {
    uint64_t surplus = 0;
    EXPECT_EQ(NamesOf(one.line, &surplus), one.names) << one.line;
    EXPECT_EQ(surplus, one.surplus) << one.line;
  }
}

TEST(DumpReaderTest, HandsOutHeaderRootsAndObjects) {
  const Reading reading =
      Read(absl::StrCat(kHeader, "{\"root\": \"modules\", \"refs\": [16]}\n",
                        kObject, "{\"end\": 1, \"size\": 8}\n"));
  ASSERT_TRUE(reading.facts.ok()) << reading.facts.status();
  EXPECT_THAT(reading.records,
              ElementsAre("header 4711", "root modules", "object 16"));
  EXPECT_TRUE(reading.facts->has_header);
  EXPECT_TRUE(reading.facts->has_end_record);
  EXPECT_EQ(reading.facts->header.pid, 4711u);
  EXPECT_EQ(reading.facts->num_lines, 4u);
  EXPECT_EQ(reading.facts->num_roots, 1u);
  EXPECT_EQ(reading.facts->num_objects, 1u);
  EXPECT_EQ(reading.facts->objects_size, 8u);
  EXPECT_THAT(DescribeLosses(*reading.facts), IsEmpty());
}

TEST(DumpReaderTest, ReadsADumpWithoutHeaderAsMeliae) {
  const Reading reading = Read(absl::StrCat(kObject, kObject));
  ASSERT_TRUE(reading.facts.ok()) << reading.facts.status();
  EXPECT_THAT(reading.records,
              ElementsAre("header 0", "object 16", "object 16"));
  EXPECT_FALSE(reading.facts->has_header);
  EXPECT_EQ(reading.facts->num_objects, 2u);
  EXPECT_THAT(DescribeLosses(*reading.facts), IsEmpty());
}

TEST(DumpReaderTest, ReadsAMeliaeDumpThatIsOneArray) {
  const std::string object(kObject.substr(0, kObject.size() - 1));
  for (const std::string& dump :
       {absl::StrCat("[\n", object, ",\n", object, "\n]\n"),
        absl::StrCat("[", object, ",\r\n", object, "]"),
        absl::StrCat("\n [ ", object, "\n, ", object, " , \n ] \n\n")}) {
    const Reading reading = Read(dump);
    ASSERT_TRUE(reading.facts.ok()) << reading.facts.status() << dump;
    EXPECT_EQ(reading.facts->num_objects, 2u) << dump;
    EXPECT_FALSE(reading.facts->has_header) << dump;
    EXPECT_THAT(DescribeLosses(*reading.facts), IsEmpty()) << dump;
  }
}

TEST(DumpReaderTest, NotesAnArrayWithoutEnd) {
  const Reading reading =
      Read(absl::StrCat("[\n", kObject.substr(0, kObject.size() - 1), ",\n"));
  ASSERT_TRUE(reading.facts.ok()) << reading.facts.status();
  EXPECT_THAT(
      DescribeLosses(*reading.facts),
      ElementsAre("expected \"]\" after 1 objects, got the end of the dump"));
}

TEST(DumpReaderTest, RefusesALineAfterTheArray) {
  EXPECT_EQ(ErrorOf(absl::StrCat("[\n", kObject, "]\n", kObject)),
            "a.json:4:1: expected the end of the dump after \"]\", got another "
            "line");
}

TEST(DumpReaderTest, NotesALastLineCutOff) {
  const Reading reading =
      Read(absl::StrCat(kHeader, kObject, "{\"address\": 32, \"type\": \"li"));
  ASSERT_TRUE(reading.facts.ok()) << reading.facts.status();
  EXPECT_THAT(reading.records, ElementsAre("header 4711", "object 16"));
  EXPECT_TRUE(reading.facts->is_last_line_cut_off);
  EXPECT_THAT(
      DescribeLosses(*reading.facts),
      ElementsAre("line 3, the last one, is cut off and left out",
                  "expected an end record after 1 objects, got the end of the "
                  "dump"));
}

TEST(DumpReaderTest, TakesALastLineWithoutNewline) {
  const Reading reading =
      Read(absl::StrCat(kHeader, kObject, "{\"end\": 1, \"size\": 8}"));
  ASSERT_TRUE(reading.facts.ok()) << reading.facts.status();
  EXPECT_FALSE(reading.facts->is_last_line_cut_off);
  EXPECT_THAT(DescribeLosses(*reading.facts), IsEmpty());
}

TEST(DumpReaderTest, NotesObjectsThatALimitLeftOut) {
  const Reading reading = Read(absl::StrCat(
      kHeader, kObject,
      "{\"end\": 1, \"size\": 8, \"left_out\": 3, \"left_out_size\": 96}\n"));
  ASSERT_TRUE(reading.facts.ok()) << reading.facts.status();
  EXPECT_THAT(
      DescribeLosses(*reading.facts),
      ElementsAre("3 objects of 96 bytes are left out, because the size "
                  "of the dump was limited"));
}

TEST(DumpReaderTest, RefusesACutLineThatIsNotTheLast) {
  EXPECT_EQ(ErrorOf(absl::StrCat(kHeader, "{\"address\": 3\n", kObject)),
            "a.json:2:14: expected the rest of the record, got the end of the "
            "line");
}

TEST(DumpReaderTest, NotesAnEndRecordThatContradicts) {
  const Reading reading =
      Read(absl::StrCat(kHeader, kObject, "{\"end\": 2, \"size\": 24}\n"));
  ASSERT_TRUE(reading.facts.ok()) << reading.facts.status();
  EXPECT_THAT(
      DescribeLosses(*reading.facts),
      ElementsAre(
          "expected 2 objects, as the end record says, got 1",
          "expected objects of 24 bytes, as the end record says, got 8 bytes"));
}

TEST(DumpReaderTest, RefusesAnotherVersionOfTheFormat) {
  EXPECT_EQ(ErrorOf(absl::StrCat(
                "{\"pid\": 1, \"heapgrind\": 2, \"argv\": 5}\n", kObject)),
            "a.json:1:12: expected version 1 of the dump format in "
            "\"heapgrind\", got "
            "2\nhint: use a memdump2callgrind that is as new as the scanner");
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

TEST(DumpReaderTest, TellsHowFarItIs) {
  StringSource source{std::string(kObject)};
  std::vector<uint64_t> progress;
  ASSERT_TRUE(ReadDump("a.json", &source,
                       {[](const DumpHeader&) {},
                        [](const DumpRecord&) { return absl::OkStatus(); },
                        [&](uint64_t done, uint64_t total) {
                          progress.push_back(done);
                          progress.push_back(total);
                        }})
                  .ok());
  EXPECT_THAT(progress, ElementsAre(kObject.size(), kObject.size()));
}

}  // namespace
}  // namespace heapgrind

// Tests what the reader hands out of a dump, and what it notes as lost.

#include "converter/dump/dump_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/converter/support/dump_reading.h"
#include "tests/converter/support/string_source.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

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
      ElementsAre("3 objects of 96 bytes are left out, because a smaller dump "
                  "was asked for"));
}

TEST(DumpReaderTest, NotesDamage) {
  const Reading reading = Read(absl::StrCat(
      kHeader, kObject,
      "{\"end\": 1, \"size\": 8, \"damaged\": 3, \"unreadable\": 2, "
      "\"lost_roots\": 1}\n"));
  ASSERT_TRUE(reading.facts.ok()) << reading.facts.status();
  EXPECT_THAT(
      DescribeLosses(*reading.facts),
      ElementsAre(
          "5 objects were damaged or could not be read when the process "
          "was stopped; what only they led to may be missing",
          "roots that could not be read, and are left out: 1"));
}

TEST(DumpReaderTest, NotesWhyNativeMemoryHasNoOwners) {
  const Reading reading = Read(absl::StrCat(
      kHeader, kObject,
      "{\"end\": 1, \"size\": 8, \"native_unknown\": \"another malloc\"}\n"));
  ASSERT_TRUE(reading.facts.ok()) << reading.facts.status();
  EXPECT_THAT(DescribeLosses(*reading.facts),
              ElementsAre("native memory has no owners: another malloc"));
}

TEST(DumpReaderTest, NotesThatNativeMemoryWasCutShort) {
  const Reading reading = Read(
      absl::StrCat(kHeader, kObject,
                   "{\"end\": 1, \"size\": 8, \"native_cut_short\": 2}\n"));
  ASSERT_TRUE(reading.facts.ok()) << reading.facts.status();
  EXPECT_THAT(DescribeLosses(*reading.facts),
              ElementsAre("native memory was cut short: what did not come to "
                          "an end: 2"));
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

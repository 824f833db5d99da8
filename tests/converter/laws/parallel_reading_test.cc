// Tests that the number of threads, and where the dump is cut for them, make no
// difference: to the records, the facts, and to which error is reported.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "converter/dump/dump_reader.h"
#include "converter/files/gzip_codec.h"
#include "tests/converter/support/scanner_agreement.h"
#include "tests/converter/support/string_source.h"

namespace heapgrind {
namespace {

using ::testing::HasSubstr;

// Keeps every record, by section.
class RecordingSink : public RecordSink {
 public:
  void StartSection(uint64_t number) override { section_ = &sections_[number]; }
  absl::Status Take(const DumpRecord& record) override {
    if (record.type == "refuse") return absl::InternalError("refused");
    absl::StrAppend(section_, DescribeRecord(record), "\n");
    return absl::OkStatus();
  }
  const std::map<uint64_t, std::string>& sections() const { return sections_; }

 private:
  std::map<uint64_t, std::string> sections_;
  std::string* section_ = nullptr;
};

std::string DescribeFacts(const DumpFacts& facts) {
  return absl::StrCat(facts.header.pid, " header ", facts.has_header, "\n",
                      absl::StrJoin(DescribeLosses(facts), "\n"), "\n",
                      facts.num_lines, " lines ", facts.num_roots, " roots ",
                      facts.num_objects, " objects ", facts.objects_size);
}

// The records in the order of the dump and the facts, or the error.
std::string Read(const std::string& dump, size_t num_threads,
                 size_t chunk_size) {
  std::vector<RecordingSink> sinks(num_threads);
  std::vector<RecordSink*> pointers;
  for (RecordingSink& sink : sinks) pointers.push_back(&sink);
  std::unique_ptr<ByteSource> source = std::make_unique<StringSource>(dump);
  if (IsGzip(dump)) {
    source = std::make_unique<DecompressingSource>("a.json", std::move(source),
                                                   MakeGzipCodec());
  }
  const absl::StatusOr<DumpFacts> facts =
      ReadDump("a.json", source.get(),
               {[](const DumpHeader&) {}, [](uint64_t, uint64_t) {}}, pointers,
               chunk_size);
  if (!facts.ok()) return std::string(facts.status().message());
  std::map<uint64_t, std::string> sections;
  for (const RecordingSink& sink : sinks) {
    sections.insert(sink.sections().begin(), sink.sections().end());
  }
  std::string text;
  for (const auto& [number, records] : sections) text += records;
  return text + DescribeFacts(*facts);
}

void ExpectSameReading(const std::string& dump) {
  const std::string expected = Read(dump, 1, 1 << 20);
  for (const size_t num_threads : {1, 2, 7}) {
    for (const size_t chunk_size : {1, 100, 1000}) {
      EXPECT_EQ(Read(dump, num_threads, chunk_size), expected)
          << num_threads << " threads, chunks of " << chunk_size;
    }
  }
}

std::string Objects(int first, int last) {
  std::string lines;
  for (int i = first; i <= last; ++i) {
    absl::StrAppend(&lines, "{\"address\": ", i,
                    ", \"type\": \"list\", \"size\": 8, \"refs\": [", i + 1,
                    "]}\n");
  }
  return lines;
}

constexpr char kHeader[] = "{\"heapgrind\": 1, \"pid\": 4711}\n";

TEST(ParallelReadingTest, RecordsAndFactsAreTheSame) {
  const std::string dump =
      absl::StrCat(kHeader, "{\"root\": \"modules\", \"refs\": [1]}\n",
                   Objects(1, 200), "{\"end\": 200, \"size\": 1600}\n");
  EXPECT_THAT(Read(dump, 7, 100),
              HasSubstr("203 lines 1 roots 200 objects 1600"));
  ExpectSameReading(dump);
}

TEST(ParallelReadingTest, FirstOfManyWrongLinesIsReported) {
  std::string dump = absl::StrCat(kHeader, Objects(1, 100));
  for (int i = 0; i < 50; ++i) {
    absl::StrAppend(&dump, "{\"address\": ", i, ", \"type\": 7}\n");
  }
  EXPECT_EQ(Read(dump, 7, 1),
            "a.json:102:24: expected a string in \"type\", got 7");
  ExpectSameReading(dump);
}

TEST(ParallelReadingTest, ErrorOfASinkNamesItsLine) {
  const std::string dump =
      absl::StrCat(kHeader, Objects(1, 50),
                   R"({"address": 1, "type": "refuse", "size": 1, "refs": []})",
                   "\n", Objects(1, 50), "wrong\n");
  EXPECT_EQ(Read(dump, 2, 100), "a.json:52:1: refused");
  ExpectSameReading(dump);
}

TEST(ParallelReadingTest, SecondEndRecordIsAnErrorWhereverItStands) {
  const std::string dump =
      absl::StrCat(kHeader, Objects(1, 50), "{\"end\": 50}\n", Objects(51, 99),
                   "{\"end\": 99}\n", "wrong\n");
  EXPECT_EQ(Read(dump, 2, 100),
            "a.json:102:1: expected one end record, got a second one");
  ExpectSameReading(dump);
}

TEST(ParallelReadingTest, SecondHeaderIsAnErrorWhereverItStands) {
  const std::string dump =
      absl::StrCat(kHeader, Objects(1, 50), kHeader, Objects(51, 99));
  EXPECT_EQ(Read(dump, 2, 100),
            "a.json:52:1: expected one header, got a second one\n"
            "hint: a file holds one dump; convert each dump on its own");
  ExpectSameReading(dump);
}

TEST(ParallelReadingTest, TextBehindAnArrayIsAnErrorWhereverItStands) {
  const std::string dump = absl::StrCat("[\n\n", Objects(1, 50), "]\n\n \n",
                                        Objects(51, 99), "wrong\n");
  EXPECT_EQ(Read(dump, 2, 100),
            "a.json:56:1: expected the end of the dump after \"]\", got "
            "another line");
  ExpectSameReading(dump);
  ExpectSameReading(absl::StrCat("[", Objects(1, 50), "]\n", Objects(1, 1)));
  ExpectSameReading(absl::StrCat("[", Objects(1, 50), "]\n]\n"));
  ExpectSameReading(absl::StrCat("[", Objects(1, 50), "]\n\n"));
  ExpectSameReading(absl::StrCat("[\n", Objects(1, 50), ",\n"));
}

TEST(ParallelReadingTest, LastLineThatIsCutOffIsLeftOut) {
  const std::string dump =
      absl::StrCat(kHeader, Objects(1, 50), "{\"address\": 51, \"ty");
  EXPECT_THAT(Read(dump, 2, 100),
              HasSubstr("line 52, the last one, is cut off and left out"));
  ExpectSameReading(dump);
}

TEST(ParallelReadingTest, DumpWithoutObjectsIsAnError) {
  EXPECT_EQ(Read(kHeader, 7, 1),
            "a.json:1:1: expected at least one object record, got none");
  EXPECT_EQ(Read("\n\n", 7, 1),
            "a.json:2:1: expected at least one object record, got none");
}

TEST(ParallelReadingTest, FuzzersCorpusIsReadTheSame) {
  size_t num_files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator("testdata/fuzz/dump_reader")) {
    SCOPED_TRACE(entry.path());
    std::ifstream file(entry.path(), std::ios::binary);
    ExpectSameReading({std::istreambuf_iterator<char>(file), {}});
    ++num_files;
  }
  EXPECT_GT(num_files, 30u);
}

}  // namespace
}  // namespace heapgrind

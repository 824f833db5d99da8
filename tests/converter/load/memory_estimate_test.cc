// Tests what a sample tells of a dump, and that the estimated memory is what a
// conversion takes.

#include "converter/load/memory_estimate.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "converter/dump/dump_reader.h"
#include "converter/files/dump_source.h"
#include "converter/load/heap_graph_builder.h"
#include "tests/converter/support/allocation_count.h"
#include "tests/converter/support/convert_graph.h"
#include "tests/converter/support/generated_heap.h"
#include "tests/converter/support/gzip_text.h"

namespace heapgrind {
namespace {

std::string WriteFile(const std::string& name, const std::string& content) {
  const std::string path = testing::TempDir() + name;
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

// A list of so many strings of 90 characters.
std::string DumpOfTexts(uint64_t num_texts) {
  std::string text;
  std::string refs;
  for (uint64_t i = 1; i <= num_texts; ++i) {
    absl::StrAppend(&text, "{\"address\": ", 64 * i,
                    ", \"type\": \"str\", \"size\": 139, \"len\": 90, "
                    "\"value\": \"",
                    std::string(70, 'x'), " ", 1000000000 + i,
                    "\", \"refs\": []}\n");
    absl::StrAppend(&refs, i > 1 ? ", " : "", 64 * i);
  }
  return absl::StrCat(
      "{\"address\": 8, \"type\": \"list\", \"size\": 8, "
      "\"refs\": [",
      refs, "]}\n", text);
}

// Bytes that a conversion has allocated at its peak.
uint64_t PeakOf(const std::string& path) {
  const size_t before = AllocatedBytes();
  ResetPeak();
  HeapGraphBuilder builder;
  const std::unique_ptr<ByteSource> source = *OpenDumpSource(path);
  EXPECT_TRUE(ReadDump(path, source.get(),
                       {[](const DumpHeader&) {}, [](uint64_t, uint64_t) {}},
                       builder.sinks())
                  .ok());
  HeapGraph graph = *builder.Build();
  ConvertGraph({}, &graph);
  return PeakAllocatedBytes() - before;
}

// Of the peak; besides, what does not grow with the dump may be too much.
constexpr double kLeast = 0.9;
constexpr double kMost = 2;
constexpr uint64_t kFixed = 12000000;

void ExpectEstimateFits(const std::string& path) {
  const uint64_t estimate = EstimatePeak(*SampleDump(path), {});
  const uint64_t peak = PeakOf(path);
  EXPECT_GE(estimate, kLeast * peak);
  EXPECT_LE(estimate, kMost * peak + kFixed);
}

TEST(MemoryEstimateTest, OfAGeneratedHeap) {
  ExpectEstimateFits(WriteFile("generated.json", GenerateHeap(150000).text));
}

TEST(MemoryEstimateTest, OfManyTexts) {
  ExpectEstimateFits(WriteFile("texts.json", DumpOfTexts(100000)));
}

TEST(MemoryEstimateTest, OfACompressedHeap) {
  ExpectEstimateFits(
      WriteFile("generated.json.gz", GzipText(GenerateHeap(100000).text)));
}

TEST(MemoryEstimateTest, OfARealHeap) {
  ExpectEstimateFits("testdata/shapes.json.gz");
}

TEST(MemoryEstimateTest, OfAMeliaeDump) {
  ExpectEstimateFits("testdata/meliae-py27-all.json.gz");
}

TEST(MemoryEstimateTest, OverheadAndThreadsTakeMore) {
  const DumpSample dump = {1000000, 2000000, 1000, 10000, 0};
  const uint64_t least = EstimatePeak(dump, {false, 1});
  EXPECT_EQ(EstimatePeak(dump, {true, 1}), least + 8000000);
  EXPECT_EQ(EstimatePeak(dump, {false, 3}), least + 6000000);
}

TEST(DumpSampleTest, SmallDumpIsCounted) {
  const std::string path = WriteFile("small.json", R"(
{"address": 1, "type": "dict", "size": 1, "refs": [1, 2, 3]}
{"address": 2, "type": "str", "size": 1, "value": "name", "refs": []}
{"address": 3, "type": "str", "size": 1, "value": "a text", "refs": []}
{"address": 4, "type": "function", "size": 1, "name": "name", "refs": [1]}
)");
  const DumpSample sample = *SampleDump(path);
  EXPECT_EQ(sample.objects, 4u);
  EXPECT_EQ(sample.references, 4u);
  EXPECT_EQ(sample.names, 1u);
  EXPECT_EQ(sample.name_bytes, 4u);
  EXPECT_EQ(sample.content_bytes, 6u);
}

// The beginning of a dump is unlike the rest.
TEST(DumpSampleTest, LargeDumpIsToldFromPiecesOfAllOfIt) {
  std::string text;
  uint64_t num_references = 0;
  for (int i = 0; i < 60000; ++i) {
    const bool is_rich = i < 6000;
    num_references += is_rich ? 9 : 1;
    absl::StrAppend(&text, "{\"address\": ", 10000 + i,
                    ", \"type\": \"tuple\", \"size\": 8, \"refs\": [",
                    is_rich ? "1, 2, 3, 4, 5, 6, 7, 8, 9" : "1", "]}\n");
  }
  const DumpSample sample =
      *SampleDump(WriteFile("large.json", text), {1024, 0});
  EXPECT_NEAR(sample.objects, 60000, 3000);
  EXPECT_NEAR(sample.references, num_references, 0.1 * num_references);
}

TEST(DumpSampleTest, CompressedDumpIsToldFromItsBeginning) {
  const GeneratedHeap heap = GenerateHeap(100000);
  const std::string path = WriteFile("heap.json.gz", GzipText(heap.text));
  const DumpSample sample = *SampleDump(path, {0, 10000000});
  EXPECT_NEAR(sample.objects, heap.begin.size(), 0.3 * heap.begin.size());
}

TEST(DumpSampleTest, WrongDumpHasNone) {
  EXPECT_FALSE(SampleDump(WriteFile("wrong.json", "no dump\n")).ok());
  EXPECT_FALSE(SampleDump(testing::TempDir() + "absent.json").ok());
}

}  // namespace
}  // namespace heapgrind

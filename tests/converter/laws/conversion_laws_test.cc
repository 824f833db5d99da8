// The laws of every profile, on random heaps and on real ones: totals match,
// costs are conserved, nothing is cyclic, and the order of a dump's lines
// leaves no trace.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "converter/callgraph/callgrind_writer.h"
#include "converter/files/dump_source.h"
#include "tests/converter/support/call_graph_faults.h"
#include "tests/converter/support/convert_graph.h"
#include "tests/converter/support/heap_of_text.h"
#include "tests/converter/support/random_dump.h"

namespace heapgrind {
namespace {

using ::testing::IsEmpty;

constexpr PruneLimits kEverything = {0, 1000000000, 5000};
constexpr PruneLimits kLittle = {2.0, 30, 6};

// Every way to convert a heap: by path and type, both rules of ownership,
// pruned and not.
std::vector<ConvertOptions> AllOptions() {
  std::vector<ConvertOptions> all;
  for (const OwnershipRules rules :
       {OwnershipRules::kModules, OwnershipRules::kStrict}) {
    ConvertOptions options;
    options.heap.ownership = rules;
    options.conversion.granularity = Granularity::kType;
    all.push_back(options);
    options.conversion.granularity = Granularity::kObject;
    options.conversion.num_single_objects = 3;
    all.push_back(options);
    options.conversion.granularity = Granularity::kPath;
    for (const PruneLimits& limits : {kEverything, PruneLimits(), kLittle}) {
      options.conversion.limits = limits;
      all.push_back(options);
    }
  }
  return all;
}

// The breaches of the laws in all conversions of a heap.
std::vector<std::string> Faults(HeapGraph graph) {
  const Cost total = {TotalSize(graph), graph.num_nodes()};
  std::vector<std::string> all;
  for (const ConvertOptions& options : AllOptions()) {
    const CallGraph call_graph = ConvertGraph(options, &graph);
    const std::vector<std::string> faults = CallGraphFaults(call_graph, total);
    all.insert(all.end(), faults.begin(), faults.end());
  }
  return all;
}

// The callgrind files of all conversions of a heap, one after the other.
std::string Callgrind(HeapGraph graph) {
  std::string text;
  for (const ConvertOptions& options : AllOptions()) {
    WriteCallgrind(ConvertGraph(options, &graph), {4711, "app.py", "a test"},
                   [&text](absl::string_view piece) {
                     text.append(piece.data(), piece.size());
                   });
  }
  return text;
}

// The first line that two dumps, given by their lines, do not have in common
// after conversion; "" if there is none.
std::string Difference(const std::vector<std::string>& a,
                       const std::vector<std::string>& b) {
  const std::string one = Callgrind(MeliaeHeapOf(JoinLines(a)));
  const std::string other = Callgrind(MeliaeHeapOf(JoinLines(b)));
  if (one == other) return "";
  const auto differs =
      std::mismatch(one.begin(), one.end(), other.begin(), other.end());
  const size_t place = differs.first - one.begin();
  const size_t begin = one.rfind('\n', place) + 1;
  return one.substr(begin, one.find('\n', begin) - begin) + "  |  " +
         other.substr(begin, other.find('\n', begin) - begin);
}

std::vector<std::string> LinesOfFile(const std::string& path) {
  std::unique_ptr<ByteSource> source = *OpenDumpSource(path);
  std::string text;
  std::vector<char> buffer(1 << 20);
  while (const size_t count = *source->Read(buffer.data(), buffer.size())) {
    text.append(buffer.data(), count);
  }
  std::vector<std::string> lines =
      absl::StrSplit(text, '\n', absl::SkipEmpty());
  return lines;
}

TEST(ConversionLawsTest, RandomHeapsKeepThem) {
  for (uint32_t seed = 1; seed <= 30; ++seed) {
    const std::vector<std::string> lines = RandomDump(seed, 40 * (seed % 20));
    ASSERT_THAT(Faults(MeliaeHeapOf(JoinLines(lines))), IsEmpty())
        << "seed " << seed;
  }
}

TEST(ConversionLawsTest, RandomMeliaeHeapsKeepThem) {
  for (uint32_t seed = 1; seed <= 15; ++seed) {
    const std::vector<std::string> lines =
        RandomMeliaeDump(seed, 10 + 40 * (seed % 20));
    ASSERT_THAT(Faults(MeliaeHeapOf(JoinLines(lines))), IsEmpty())
        << "seed " << seed;
  }
}

TEST(ConversionLawsTest, OrderOfLinesDoesNotChangeTheOutput) {
  for (uint32_t seed = 1; seed <= 15; ++seed) {
    const std::vector<std::string> lines = RandomDump(seed, 30 * seed);
    ASSERT_EQ(Difference(lines, Shuffled(lines, seed)), "") << "seed " << seed;
  }
}

TEST(ConversionLawsTest, OrderOfMeliaeLinesDoesNotChangeTheOutput) {
  for (uint32_t seed = 1; seed <= 10; ++seed) {
    const std::vector<std::string> lines = RandomMeliaeDump(seed, 30 * seed);
    ASSERT_EQ(Difference(lines, Shuffled(lines, seed)), "") << "seed " << seed;
  }
}

TEST(ConversionLawsTest, RealHeapOfAllObjectsKeepsThem) {
  EXPECT_THAT(Faults(HeapOfFile("testdata/meliae-py27-all.json.gz")),
              IsEmpty());
}

TEST(ConversionLawsTest, RealHeapOfCollectedObjectsKeepsThem) {
  EXPECT_THAT(Faults(HeapOfFile("testdata/meliae-py27-gc.json.gz")), IsEmpty());
}

TEST(ConversionLawsTest, OrderOfLinesOfARealDumpDoesNotChangeTheOutput) {
  const std::vector<std::string> lines =
      LinesOfFile("testdata/meliae-py27-all.json.gz");
  EXPECT_EQ(Difference(lines, Shuffled(lines, 1)), "");
}

struct NotedStages : NoProgress {
  void StartStage(absl::string_view name) override {
    stages.emplace_back(name);
  }
  std::vector<std::string> stages;
};

TEST(ConversionLawsTest, StagesAreAnnounced) {
  HeapGraph graph = HeapOf(
      "{\"address\": 16, \"type\": \"list\", \"size\": 1, \"refs\": []}\n");
  NotedStages progress;
  const HeapOptions options;
  ASSERT_TRUE(
      ConvertHeap({},
                  AnalyzedHeapOf(std::move(graph), options, &progress).get())
          .ok());
  EXPECT_THAT(progress.stages,
              ::testing::ElementsAre("finding owners", "computing dominators",
                                     "building the profile"));
}

}  // namespace
}  // namespace heapgrind

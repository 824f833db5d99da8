#include "converter/callgraph/join_processes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "tests/converter/support/call_graph_faults.h"
#include "tests/converter/support/convert_graph.h"
#include "tests/converter/support/heap_of_text.h"
#include "tests/converter/support/random_dump.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Function MakeFunction(const std::string& name, uint64_t bytes) {
  Function function;
  function.name = name;
  function.object = "app";
  function.file = "???";
  function.self = {bytes, 1};
  return function;
}

// main > CACHE, of `bytes` bytes, in process `pid`.
HeapProfile CacheOf(uint64_t pid, uint64_t bytes) {
  HeapProfile dump;
  dump.name = "dumps/worker.json";
  dump.header.pid = pid;
  dump.call_graph.functions = {MakeFunction("main", 0),
                               MakeFunction("dict::CACHE (app.CACHE)", bytes)};
  dump.call_graph.functions[0].calls = {{1, 1, 0, {bytes, 1}}};
  return dump;
}

std::vector<std::string> Names(const HeapProfile& dump) {
  std::vector<std::string> names;
  for (const Function& function : dump.call_graph.functions) {
    names.push_back(function.name);
  }
  return names;
}

TEST(JoinProcessesTest, StandSideBySideInTheOrderOfTheirPids) {
  const HeapProfile joined =
      *JoinProcesses({CacheOf(4712, 70), CacheOf(4711, 30)});
  EXPECT_THAT(
      Names(joined),
      ElementsAre("main", "process::4711", "dict::CACHE (app.CACHE) in 4711",
                  "process::4712", "dict::CACHE (app.CACHE) in 4712"));
  EXPECT_THAT(CallGraphFaults(joined.call_graph, {100, 4}), IsEmpty());
  EXPECT_EQ(joined.name, "2 processes");
  EXPECT_EQ(joined.header.pid, 4711u);
}

TEST(JoinProcessesTest, OnePidTwiceIsNumbered) {
  const HeapProfile joined = *JoinProcesses({CacheOf(7, 30), CacheOf(7, 70)});
  EXPECT_EQ(Names(joined)[1], "process::7");
  EXPECT_EQ(Names(joined)[3], "process::7 #2");
  EXPECT_EQ(Names(joined)[4], "dict::CACHE (app.CACHE) in 7 #2");
}

TEST(JoinProcessesTest, WithoutAPidTheFileNameStandsForIt) {
  const HeapProfile joined = *JoinProcesses({CacheOf(0, 30), CacheOf(7, 70)});
  EXPECT_EQ(Names(joined)[1], "process::worker.json");
}

TEST(JoinProcessesTest, MoreThanAProfileCanSayIsAnError) {
  const uint64_t half = uint64_t{1} << 52;
  EXPECT_EQ(JoinProcesses({CacheOf(1, half), CacheOf(2, half)}).status(),
            absl::InvalidArgumentError(
                "expected processes of at most 9007199254740991 bytes "
                "altogether, got more"));
}

TEST(JoinProcessesTest, KeepsTheLawsOfProfilesOnRandomHeaps) {
  for (uint32_t seed = 1; seed <= 40; ++seed) {
    std::vector<HeapProfile> dumps;
    Cost total;
    for (uint64_t pid : {seed + 2, seed + 1, seed + 1}) {
      HeapGraph graph = MeliaeHeapOf(JoinLines(RandomDump(seed + pid, 100)));
      ConvertOptions options;
      options.conversion.granularity =
          pid % 2 == 0 ? Granularity::kPath : Granularity::kType;
      HeapProfile dump;
      dump.header.pid = pid;
      dump.call_graph = ConvertGraph(options, &graph);
      total += {TotalSize(graph), graph.num_nodes()};
      dumps.push_back(std::move(dump));
    }
    const HeapProfile joined = *JoinProcesses(std::move(dumps));
    EXPECT_THAT(CallGraphFaults(joined.call_graph, total), IsEmpty()) << seed;
  }
}

}  // namespace
}  // namespace heapgrind

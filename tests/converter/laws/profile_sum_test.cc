#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "converter/profile/joined_profiles.h"
#include "tests/converter/support/call_graph_faults.h"
#include "tests/converter/support/convert_graph.h"
#include "tests/converter/support/heap_of_text.h"
#include "tests/converter/support/random_dump.h"

namespace heapgrind {
namespace {

using ::testing::IsEmpty;

using MakeHeap = HeapGraph(uint32_t seed);

HeapGraph RandomHeap(uint32_t seed) {
  return MeliaeHeapOf(JoinLines(RandomDump(seed, 200)));
}

// Without frames, of which those that differ by the line alone become one.
HeapGraph RandomHeapWithoutFrames(uint32_t seed) {
  return MeliaeHeapOf(JoinLines(RandomMeliaeDump(seed, 200)));
}

// Every function, whatever is small.
ConversionOptions Everything() {
  ConversionOptions options;
  options.limits = {0, 1000000000, 5000};
  return options;
}

CallGraph SumOf(const std::vector<uint32_t>& seeds,
                const ConversionOptions& options,
                MakeHeap* make_heap = RandomHeap) {
  const HeapOptions heap_options;
  NoProgress progress;
  BaseProfile others;
  for (size_t i = 0; i + 1 < seeds.size(); ++i) {
    AddToProfile(AnalyzedHeapOf(make_heap(seeds[i]), heap_options, &progress),
                 &others);
  }
  return ConvertWith(
      options, others, SumProfiles,
      AnalyzedHeapOf(make_heap(seeds.back()), heap_options, &progress).get());
}

CallGraph Alone(uint32_t seed, const ConversionOptions& options) {
  HeapGraph graph = RandomHeapWithoutFrames(seed);
  return ConvertGraph({{}, options}, &graph);
}

using Costs = std::map<std::string, std::pair<uint64_t, uint64_t>>;

// Bytes and objects by name.
Costs CostsOf(const CallGraph& graph) {
  Costs costs;
  for (const Function& function : graph.functions) {
    auto& [bytes, objects] = costs[function.name];
    bytes += function.self.bytes;
    objects += function.self.objects;
  }
  return costs;
}

TEST(ProfileSumTest, OfOneHeapThreeTimesIsThriceEachFunction) {
  for (uint32_t seed = 1; seed <= 20; ++seed) {
    Costs thrice = CostsOf(Alone(seed, Everything()));
    for (auto& [name, cost] : thrice) {
      cost = {3 * cost.first, 3 * cost.second};
    }
    EXPECT_EQ(CostsOf(SumOf({seed, seed, seed}, Everything(),
                            RandomHeapWithoutFrames)),
              thrice);
  }
}

TEST(ProfileSumTest, KeepsTheLawsOfProfiles) {
  for (uint32_t seed = 1; seed <= 40; ++seed) {
    Cost total;
    for (const uint32_t one : {seed, seed + 1, seed + 2}) {
      const HeapGraph graph = RandomHeap(one);
      total += {TotalSize(graph), graph.num_nodes()};
    }
    for (const ConversionOptions& options :
         {Everything(), ConversionOptions()}) {
      EXPECT_THAT(
          CallGraphFaults(SumOf({seed, seed + 1, seed + 2}, options), total),
          IsEmpty())
          << seed;
    }
  }
}

// By the type that a function's name begins with: which of its paths fold
// depends on what else there is.
Costs CostsOfTypes(const CallGraph& graph) {
  Costs costs;
  for (const auto& [name, cost] : CostsOf(graph)) {
    auto& [bytes, objects] = costs[name.substr(0, name.find("::"))];
    bytes += cost.first;
    objects += cost.second;
  }
  return costs;
}

TEST(ProfileSumTest, OfTwoHeapsHasWhatBothHaveOfEachType) {
  for (uint32_t seed = 1; seed <= 20; ++seed) {
    Costs both = CostsOfTypes(Alone(seed, Everything()));
    for (const auto& [type, cost] :
         CostsOfTypes(Alone(seed + 1, Everything()))) {
      both[type].first += cost.first;
      both[type].second += cost.second;
    }
    EXPECT_EQ(CostsOfTypes(SumOf({seed, seed + 1}, Everything(),
                                 RandomHeapWithoutFrames)),
              both);
  }
}

}  // namespace
}  // namespace heapgrind

#include "converter/commands/walk/root_paths.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/converter/support/heap_of_text.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Object(uint64_t address, const std::string& references) {
  return absl::StrCat("{\"address\": ", address,
                      ", \"type\": \"x\", \"size\": 8, \"refs\": [", references,
                      "]}\n");
}

//     root --> 16 --> 32 --> 64 <-- 48 <-- 80
//               `-----------> 48     ^------'   96 <--> 96
HeapGraph Heap() {
  return HeapOf("{\"root\": \"modules\", \"refs\": [16]}\n" +
                Object(16, "32, 48") + Object(32, "64") +
                Object(48, "64, 64, 80") + Object(64, "48") + Object(80, "64") +
                Object(96, "96"));
}

// The addresses on each path.
std::vector<std::string> Paths(const HeapGraph& graph, uint64_t target,
                               size_t max_paths) {
  std::vector<std::string> paths;
  const ReverseEdges referrers = ReferrersOf(graph);
  for (const NodePath& path :
       FindRootPaths(graph, referrers, NodeAt(graph, target), max_paths)) {
    std::vector<uint64_t> addresses;
    for (const NodeId node : path) addresses.push_back(graph.address[node]);
    paths.push_back(absl::StrJoin(addresses, " "));
  }
  return paths;
}

TEST(RootPathsTest, ThereIsOnePathOverEachReferrerTheShortestFirst) {
  EXPECT_THAT(Paths(Heap(), 64, 10),
              ElementsAre("16 32 64", "16 48 64", "16 48 80 64"));
  EXPECT_THAT(Paths(Heap(), 64, 2), ElementsAre("16 32 64", "16 48 64"));
}

TEST(RootPathsTest, PathsDoNotPassTheirTarget) {
  EXPECT_THAT(Paths(Heap(), 48, 10), ElementsAre("16 48", "16 32 64 48"));
  EXPECT_THAT(Paths(Heap(), 80, 10), ElementsAre("16 48 80"));
}

TEST(RootPathsTest, WhatARootRefersToIsAPathAlone) {
  EXPECT_THAT(Paths(Heap(), 16, 10), ElementsAre("16"));
}

TEST(RootPathsTest, WhatNoRootReachesHasNoPath) {
  EXPECT_THAT(Paths(Heap(), 96, 10), IsEmpty());
}

TEST(RootPathsTest, ADumpWithoutRootsBeginsAtWhatNothingRefersTo) {
  const HeapGraph graph =
      MeliaeHeapOf(Object(16, "32") + Object(32, "") + Object(48, "48"));
  EXPECT_THAT(Paths(graph, 32, 10), ElementsAre("16 32"));
  EXPECT_THAT(Paths(graph, 48, 10), IsEmpty());
}

TEST(RootPathsTest, ReferrersStandAsOftenAsTheyRefer) {
  const HeapGraph graph = Heap();
  const ReverseEdges referrers = ReferrersOf(graph);
  EXPECT_THAT(referrers.Of(NodeAt(graph, 64)),
              ElementsAre(NodeAt(graph, 32), NodeAt(graph, 48),
                          NodeAt(graph, 48), NodeAt(graph, 80)));
}

TEST(RootPathsTest, NearestReferrersLeadToARoot) {
  const HeapGraph graph = Heap();
  const std::vector<NodeId> nearest = NearestReferrers(graph);
  EXPECT_EQ(nearest[NodeAt(graph, 80)], NodeAt(graph, 48));
  EXPECT_EQ(nearest[NodeAt(graph, 48)], NodeAt(graph, 16));
  EXPECT_EQ(nearest[NodeAt(graph, 16)], kNoNode);
  EXPECT_EQ(nearest[NodeAt(graph, 96)], kNoNode);
  EXPECT_EQ(RootOf(graph, NodeAt(graph, 16)), 0u);
  EXPECT_EQ(RootOf(graph, NodeAt(graph, 32)), 1u);
}

}  // namespace
}  // namespace heapgrind

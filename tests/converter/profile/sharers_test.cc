// Tests who shares an object, by small graphs and by the definition.

#include "converter/profile/sharers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "tests/converter/support/heap_of_text.h"
#include "tests/converter/support/random_dump.h"
#include "tests/converter/support/stages.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

std::vector<bool> SharedNodes(const Stages& stages) {
  return FindShared(stages.graph, stages.ownership, stages.tree);
}

// Of the shared nodes that have some.
std::map<NodeId, SharerList> SharersOf(const Stages& stages) {
  const std::vector<bool> is_shared = SharedNodes(stages);
  const Sharers sharers = FindSharers(stages.ownership, stages.tree, is_shared,
                                      PlaceSubtrees(stages.tree));
  std::map<NodeId, SharerList> result;
  for (NodeId node = 0; node < is_shared.size(); ++node) {
    if (!is_shared[node] || stages.tree.idom[node] == kNoDominator) continue;
    if (sharers.Of(node).size() > 0) result[node] = sharers.Of(node);
  }
  return result;
}

// Node 0 owns 3, which 1 and 2 share through others.
TEST(SharersTest, ChildrenOfTheOwnerThatLeadToTheObject) {
  const Stages stages(HeapOf(R"(
{"root": "interpreter", "name": "i", "refs": [0]}
{"address": 0, "type": "a", "size": 1, "refs": [1, 2, 6]}
{"address": 1, "type": "a", "size": 1, "refs": [4]}
{"address": 2, "type": "a", "size": 1, "refs": [5, 3]}
{"address": 3, "type": "a", "size": 1, "refs": [3]}
{"address": 4, "type": "a", "size": 1, "refs": [3]}
{"address": 5, "type": "a", "size": 1, "refs": [3]}
{"address": 6, "type": "a", "size": 1, "refs": []}
)"));
  EXPECT_THAT(SharersOf(stages),
              UnorderedElementsAre(Pair(3, ElementsAre(1, 2))));
}

TEST(SharersTest, NoMoreThanOneAboveTheLimitAreKept) {
  const Stages stages(HeapOf(R"(
{"root": "interpreter", "name": "i", "refs": [1, 2, 3, 4, 5, 6]}
{"address": 1, "type": "a", "size": 1, "refs": [7]}
{"address": 2, "type": "a", "size": 1, "refs": [7]}
{"address": 3, "type": "a", "size": 1, "refs": [7]}
{"address": 4, "type": "a", "size": 1, "refs": [7]}
{"address": 5, "type": "a", "size": 1, "refs": [7]}
{"address": 6, "type": "a", "size": 1, "refs": [7]}
{"address": 7, "type": "a", "size": 1, "refs": []}
)"));
  EXPECT_EQ(SharersOf(stages).at(6).size(), kMaxSharers + 1);
}

// For each shared node the children of its owner that are above or are one of
// its referrers, found by walking up.
std::map<NodeId, std::set<NodeId>> NaiveSharers(const Stages& stages) {
  const std::vector<bool> is_shared = SharedNodes(stages);
  std::vector<std::set<NodeId>> found(stages.ownership.num_nodes());
  for (NodeId source = 0; source < stages.ownership.num_nodes(); ++source) {
    for (const NodeId target : stages.ownership.Edges(source)) {
      if (!is_shared[target]) continue;
      NodeId above = source;
      while (stages.tree.idom[above] != stages.tree.idom[target]) {
        above = stages.tree.idom[above];
      }
      if (above != target) found[target].insert(above);
    }
  }
  std::map<NodeId, std::set<NodeId>> result;
  for (NodeId node = 0; node < found.size(); ++node) {
    if (!found[node].empty()) result[node] = found[node];
  }
  return result;
}

TEST(SharersTest, RandomHeapsAgreeWithTheDefinition) {
  for (uint32_t seed = 1; seed <= 30; ++seed) {
    const Stages stages(MeliaeHeapOf(JoinLines(RandomDump(seed, 25 * seed))));
    const std::map<NodeId, SharerList> sharers = SharersOf(stages);
    const auto expected = NaiveSharers(stages);
    ASSERT_EQ(sharers.size(), expected.size()) << "seed " << seed;
    for (const auto& [node, all] : expected) {
      const SharerList& some = sharers.at(node);
      ASSERT_EQ(some.size(), std::min(all.size(), kMaxSharers + 1))
          << "seed " << seed << ", node " << node;
      ASSERT_TRUE(
          std::includes(all.begin(), all.end(), some.begin(), some.end()))
          << "seed " << seed << ", node " << node;
    }
  }
}

}  // namespace
}  // namespace heapgrind

// Tests on random trees that pruning keeps to its limits, and that nothing gets
// lost.

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "converter/heap/cost.h"
#include "converter/profile/prune.h"
#include "tests/converter/support/tree_maker.h"

namespace heapgrind {
namespace {

// A random tree; parents come before children.
TreeMaker RandomTree(uint32_t seed) {
  std::mt19937 random(seed);
  TreeMaker maker;
  const uint32_t num_nodes = 1 + random() % 300;
  for (uint32_t i = 1; i < num_nodes; ++i) {
    const std::string type = absl::StrCat("type", random() % 9);
    const uint32_t bytes = random() % (random() % 100 == 0 ? 100000 : 100);
    maker.Add(random() % i, type, bytes, random() % 5);
  }
  return maker;
}

// Whether the pruned tree is within its limits, and costs as much.
void ExpectWithinLimits(const std::vector<CostedRow>& tree,
                        const std::vector<CostedRow>& pruned,
                        const PruneLimits& limits) {
  EXPECT_TRUE(pruned[0].inclusive == tree[0].inclusive);
  EXPECT_LE(pruned.size(), limits.max_functions);
  std::map<uint32_t, uint64_t> num_callees;
  std::set<std::pair<uint32_t, StringId>> rows;
  Cost sum;
  for (uint32_t i = 0; i < pruned.size(); ++i) {
    const CostedRow& node = pruned[i];
    sum += node.self;
    if (i == 0) continue;
    EXPECT_LT(node.parent, i);
    EXPECT_LE(++num_callees[node.parent], limits.max_callees);
    if (node.num_pruned == 0) {
      EXPECT_GE(static_cast<double>(node.inclusive.bytes),
                limits.min_percent / 100 * tree[0].inclusive.bytes);
    } else {
      EXPECT_TRUE(rows.emplace(node.parent, node.type).second);
    }
  }
  EXPECT_TRUE(sum == tree[0].inclusive);
}

TEST(PruneTest, RandomTreesKeepTheirTotalAndTheLimits) {
  for (uint32_t seed = 1; seed <= 200 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    TreeMaker maker = RandomTree(seed);
    std::mt19937 random(seed);
    const PruneLimits limits = {random() % 300 / 100.0, 2 + random() % 100,
                                1 + random() % 20};
    const std::vector<CostedRow> pruned = maker.Pruned(limits);
    ExpectWithinLimits(maker.functions(), pruned, limits);
  }
}

// Of the pruned functions below one that stays: what those of one type cost.
using SmallCosts = std::map<std::pair<uint32_t, StringId>, Cost>;

SmallCosts SmallCostsOf(const std::vector<CostedRow>& tree, double min_bytes) {
  SmallCosts costs;
  // By function: it stays; how many stay up to it; the nearest that stays.
  std::vector<bool> is_kept = {true};
  std::vector<uint32_t> owner = {0};
  uint32_t num_kept = 1;
  for (uint32_t i = 1; i < tree.size(); ++i) {
    const CostedRow& node = tree[i];
    is_kept.push_back(is_kept[node.parent] &&
                      node.inclusive.bytes >= min_bytes);
    owner.push_back(is_kept[i] ? num_kept++ : owner[node.parent]);
    if (!is_kept[i]) costs[{owner[i], node.type}] += node.self;
  }
  return costs;
}

// Without limits on numbers it is clear what goes into each row.
TEST(PruneTest, RowsSayTheTruth) {
  for (uint32_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(seed);
    TreeMaker maker = RandomTree(seed);
    const std::vector<CostedRow> pruned =
        maker.Pruned({0.3, kNoLimit, kNoLimit});
    const double min_bytes = 0.3 / 100 * maker.functions()[0].inclusive.bytes;
    SmallCosts costs = SmallCostsOf(maker.functions(), min_bytes);
    std::map<uint32_t, uint32_t> kept_place = {{0, 0}};
    std::map<uint32_t, Cost> rests;
    std::map<uint32_t, uint64_t> num_types;
    for (uint32_t i = 1; i < pruned.size(); ++i) {
      const CostedRow& node = pruned[i];
      const uint32_t owner = kept_place[node.parent];
      if (node.num_pruned == 0) {
        kept_place.emplace(i, static_cast<uint32_t>(kept_place.size()));
      } else if (node.num_pruned_types > 0) {
        rests[owner] = node.self;
        num_types[owner] = node.num_pruned_types;
      } else {
        ASSERT_TRUE(node.self == (costs[{owner, node.type}]));
        ASSERT_GE(node.self.bytes, min_bytes / 10);
        costs.erase({owner, node.type});
      }
    }
    std::map<uint32_t, Cost> wanted;
    std::map<uint32_t, uint64_t> wanted_types;
    for (const auto& [key, cost] : costs) {
      ASSERT_LT(cost.bytes, min_bytes / 10);
      wanted[key.first] += cost;
      ++wanted_types[key.first];
    }
    ASSERT_TRUE(rests == wanted);
    ASSERT_EQ(num_types, wanted_types);
  }
}

}  // namespace
}  // namespace heapgrind

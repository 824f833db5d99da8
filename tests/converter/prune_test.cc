// Tests what pruning keeps, and that nothing gets lost.

#include "converter/prune.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "absl/strings/str_cat.h"

namespace heapgrind {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;

constexpr uint64_t kNoLimit = UINT64_MAX;

// Makes a tree node by node; inclusive costs come at the end.
class TreeMaker {
 public:
  TreeMaker() { tree_.nodes.resize(1); }

  uint32_t Add(uint32_t parent, std::string_view type, uint64_t bytes,
               uint64_t objects = 1) {
    ProfileNode node;
    node.parent = parent;
    node.label.type = strings_.Intern(type);
    node.self = {bytes, objects};
    node.num_topmost = 1;
    tree_.nodes.push_back(node);
    return static_cast<uint32_t>(tree_.nodes.size() - 1);
  }

  ProfileTree Pruned(const PruneLimits& limits) {
    SumInclusiveCosts(&tree_);
    return Prune(tree_, limits, &strings_);
  }

  const ProfileTree& tree() const { return tree_; }
  std::string_view Text(StringId id) const { return strings_.Text(id); }

 private:
  StringTable strings_;
  ProfileTree tree_;
};

auto Is(uint32_t parent, Cost self, uint64_t num_pruned) {
  return AllOf(Field(&ProfileNode::parent, parent),
               Field(&ProfileNode::self, self),
               Field(&ProfileNode::num_pruned, num_pruned));
}

TEST(PruneTest, FunctionsBelowThePercentageBecomeOneCallee) {
  TreeMaker maker;
  const uint32_t big = maker.Add(0, "dict", 900, 10);
  maker.Add(0, "list", 9, 1);
  const uint32_t small = maker.Add(0, "set", 4, 2);
  maker.Add(small, "int", 5, 3);
  maker.Add(big, "str", 82, 7);
  const ProfileTree pruned = maker.Pruned({1.0, kNoLimit, kNoLimit});
  EXPECT_THAT(pruned.nodes, ElementsAre(Is(0, {0, 0}, 0), Is(0, {900, 10}, 0),
                                        Is(0, {18, 6}, 3), Is(1, {82, 7}, 0)));
  const ProfileNode& rest = pruned.nodes[2];
  EXPECT_EQ(maker.Text(rest.label.type), "small");
  EXPECT_EQ(rest.num_pruned_types, 3u);
  EXPECT_EQ(rest.num_topmost, 2u);
  EXPECT_TRUE(pruned.nodes[0].inclusive == (Cost{1000, 23}));
  EXPECT_TRUE(pruned.nodes[1].inclusive == (Cost{982, 17}));
}

TEST(PruneTest, FunctionOfExactlyThePercentageStays) {
  TreeMaker maker;
  maker.Add(0, "dict", 990);
  maker.Add(0, "dict", 10);
  EXPECT_EQ(maker.Pruned({1.0, kNoLimit, kNoLimit}).nodes.size(), 3u);
}

TEST(PruneTest, LargestCalleesStay) {
  TreeMaker maker;
  for (const uint64_t bytes : {1, 5, 3, 4, 2}) maker.Add(0, "dict", bytes);
  EXPECT_THAT(maker.Pruned({0, kNoLimit, 3}).nodes,
              ElementsAre(Is(0, {0, 0}, 0), Is(0, {6, 3}, 3), Is(0, {5, 1}, 0),
                          Is(0, {4, 1}, 0)));
}

TEST(PruneTest, LargestFunctionsStay) {
  TreeMaker maker;
  const uint32_t one = maker.Add(0, "dict", 1);
  maker.Add(one, "list", 50);
  const uint32_t other = maker.Add(0, "dict", 30);
  maker.Add(other, "list", 2);
  // main, one with its list, other, and the rest of other.
  EXPECT_THAT(maker.Pruned({0, 5, kNoLimit}).nodes,
              ElementsAre(Is(0, {0, 0}, 0), Is(0, {1, 1}, 0), Is(1, {50, 1}, 0),
                          Is(0, {30, 1}, 0), ::testing::_));
}

TEST(PruneTest, NoLimitKeepsEverything) {
  TreeMaker maker;
  maker.Add(maker.Add(0, "dict", 0), "list", 0);
  EXPECT_EQ(maker.Pruned({0, kNoLimit, kNoLimit}).nodes.size(), 3u);
}

TEST(PruneTest, LeastLimitsLeaveMainAndTheRest) {
  TreeMaker maker;
  maker.Add(maker.Add(0, "dict", 10), "list", 5);
  EXPECT_THAT(maker.Pruned({0, 2, kNoLimit}).nodes,
              ElementsAre(Is(0, {0, 0}, 0), Is(0, {15, 2}, 2)));
  EXPECT_THAT(maker.Pruned({0, kNoLimit, 1}).nodes,
              ElementsAre(Is(0, {0, 0}, 0), Is(0, {15, 2}, 2)));
}

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
void ExpectWithinLimits(const ProfileTree& tree, const ProfileTree& pruned,
                        const PruneLimits& limits) {
  EXPECT_TRUE(pruned.nodes[0].inclusive == tree.nodes[0].inclusive);
  EXPECT_LE(pruned.nodes.size(), limits.max_functions);
  std::map<uint32_t, uint64_t> num_callees;
  std::map<uint32_t, uint64_t> num_rests;
  Cost sum;
  for (uint32_t i = 0; i < pruned.nodes.size(); ++i) {
    const ProfileNode& node = pruned.nodes[i];
    sum += node.self;
    if (i == 0) continue;
    EXPECT_LT(node.parent, i);
    EXPECT_LE(++num_callees[node.parent], limits.max_callees);
    if (node.num_pruned == 0) {
      EXPECT_GE(static_cast<double>(node.inclusive.bytes),
                limits.min_percent / 100 * tree.nodes[0].inclusive.bytes);
    } else {
      EXPECT_EQ(++num_rests[node.parent], 1u);
    }
  }
  EXPECT_TRUE(sum == tree.nodes[0].inclusive);
}

TEST(PruneTest, RandomTreesKeepTheirTotalAndTheLimits) {
  for (uint32_t seed = 1; seed <= 200 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    TreeMaker maker = RandomTree(seed);
    std::mt19937 random(seed);
    const PruneLimits limits = {random() % 300 / 100.0, 2 + random() % 100,
                                1 + random() % 20};
    const ProfileTree pruned = maker.Pruned(limits);
    ExpectWithinLimits(maker.tree(), pruned, limits);
  }
}

// Without limits on numbers it is clear what goes into each rest.
TEST(PruneTest, RestsSayTheTruth) {
  for (uint32_t seed = 1; seed <= 100; ++seed) {
    TreeMaker maker = RandomTree(seed);
    const ProfileTree pruned = maker.Pruned({0.3, kNoLimit, kNoLimit});
    const std::vector<ProfileNode>& nodes = maker.tree().nodes;
    std::vector<bool> is_kept = {true};
    std::vector<uint32_t> kept_owner = {0};
    std::map<uint32_t, Cost> cost;
    std::map<uint32_t, uint64_t> count;
    std::map<uint32_t, std::set<StringId>> types;
    for (uint32_t i = 1; i < nodes.size(); ++i) {
      const uint32_t parent = nodes[i].parent;
      is_kept.push_back(is_kept[parent] &&
                        nodes[i].inclusive.bytes >=
                            0.3 / 100 * nodes[0].inclusive.bytes);
      kept_owner.push_back(is_kept[parent] ? parent : kept_owner[parent]);
      if (is_kept[i]) continue;
      cost[kept_owner[i]] += nodes[i].self;
      ++count[kept_owner[i]];
      types[kept_owner[i]].insert(nodes[i].label.type);
    }
    // Kept functions keep their order, so the k-th one kept is the k-th one.
    std::vector<uint32_t> old_place;
    for (uint32_t i = 0; i < nodes.size(); ++i) {
      if (is_kept[i]) old_place.push_back(i);
    }
    std::map<uint32_t, uint32_t> old_of_new;
    uint32_t num_kept = 0;
    for (uint32_t i = 0; i < pruned.nodes.size(); ++i) {
      const ProfileNode& node = pruned.nodes[i];
      if (node.num_pruned == 0) old_of_new[i] = old_place[num_kept++];
      if (node.num_pruned == 0) continue;
      const uint32_t owner = old_of_new[node.parent];
      ASSERT_TRUE(node.self == cost[owner]) << "seed " << seed;
      ASSERT_EQ(node.num_pruned, count[owner]) << "seed " << seed;
      ASSERT_EQ(node.num_pruned_types, types[owner].size()) << "seed " << seed;
    }
    ASSERT_EQ(num_kept + count.size(), pruned.nodes.size()) << "seed " << seed;
  }
}

}  // namespace
}  // namespace heapgrind

// Tests what pruning keeps, and that nothing gets lost.

#include "converter/profile/prune.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "converter/heap/cost.h"

namespace heapgrind {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;

constexpr uint64_t kNoLimit = UINT64_MAX;

// A function, or a row, with what it costs.
struct CostedRow {
  uint32_t parent = 0;
  StringId type = kNoString;  // Of a row: only if it gathers.
  Cost self;
  Cost inclusive;
  uint64_t num_pruned = 0;
  uint64_t num_pruned_types = 0;
};

void SumInclusiveCosts(std::vector<CostedRow>* rows) {
  for (CostedRow& row : *rows) row.inclusive = row.self;
  for (size_t i = rows->size(); i-- > 1;) {
    (*rows)[(*rows)[i].parent].inclusive += (*rows)[i].inclusive;
  }
}

// Makes a tree of functions one by one; inclusive costs come at the end.
class TreeMaker {
 public:
  TreeMaker() { functions_.resize(1); }

  uint32_t Add(uint32_t parent, std::string_view type, uint64_t bytes,
               uint64_t objects = 1) {
    CostedRow function;
    function.parent = parent;
    function.type = strings_.Intern(type);
    function.self = {bytes, objects};
    functions_.push_back(function);
    return static_cast<uint32_t>(functions_.size() - 1);
  }

  std::vector<CostedRow> Pruned(const PruneLimits& limits) {
    SumInclusiveCosts(&functions_);
    return Costed(Prune(Sizes(), limits, &strings_));
  }

  std::vector<CostedRow> PrunedTo(const std::vector<bool>& is_wanted) {
    return Costed(PruneTo(Sizes(), is_wanted, &strings_));
  }

  std::vector<CostedRow> Kept() { return Costed(KeepAll(Sizes())); }

  const std::vector<CostedRow>& functions() const { return functions_; }
  std::string_view Text(StringId id) const { return strings_.Text(id); }

 private:
  FunctionSizes Sizes() const {
    FunctionSizes sizes;
    for (const CostedRow& function : functions_) {
      sizes.parent.push_back(function.parent);
      sizes.type.push_back(function.type);
      sizes.self_bytes.push_back(function.self.bytes);
    }
    return sizes;
  }

  std::vector<CostedRow> Costed(const Rows& rows) const {
    std::vector<CostedRow> result;
    for (const Row& row : rows.rows) {
      EXPECT_EQ(row.num_pruned == 0, row.function != kNoFunction);
      result.push_back(
          {row.parent, row.type, {}, {}, row.num_pruned, row.num_pruned_types});
    }
    for (size_t i = 0; i < functions_.size(); ++i) {
      result[rows.row_of_function[i]].self += functions_[i].self;
    }
    SumInclusiveCosts(&result);
    return result;
  }

  StringTable strings_;
  std::vector<CostedRow> functions_;
};

auto Is(uint32_t parent, Cost self, uint64_t num_pruned) {
  return AllOf(Field(&CostedRow::parent, parent), Field(&CostedRow::self, self),
               Field(&CostedRow::num_pruned, num_pruned));
}

TEST(PruneTest, FunctionsBelowThePercentageBecomeOneCalleeOfEachType) {
  TreeMaker maker;
  const uint32_t big = maker.Add(0, "dict", 9000, 10);
  maker.Add(0, "list", 90, 1);
  const uint32_t small = maker.Add(0, "set", 4, 2);
  maker.Add(small, "int", 6, 3);
  maker.Add(small, "list", 10, 1);
  maker.Add(big, "str", 890, 7);
  const std::vector<CostedRow> pruned = maker.Pruned({1.0, kNoLimit, kNoLimit});
  EXPECT_THAT(pruned, ElementsAre(Is(0, {0, 0}, 0), Is(0, {9000, 10}, 0),
                                  Is(0, {100, 2}, 2), Is(0, {10, 5}, 2),
                                  Is(1, {890, 7}, 0)));
  EXPECT_EQ(maker.Text(pruned[2].type), "list");
  EXPECT_EQ(pruned[2].num_pruned_types, 0u);
  // What is below a tenth of the percentage in each type.
  EXPECT_EQ(maker.Text(pruned[3].type), "small");
  EXPECT_EQ(pruned[3].num_pruned_types, 2u);
  EXPECT_TRUE(pruned[0].inclusive == (Cost{10000, 24}));
  EXPECT_TRUE(pruned[1].inclusive == (Cost{9890, 17}));
}

TEST(PruneTest, FunctionOfExactlyThePercentageStays) {
  TreeMaker maker;
  maker.Add(0, "dict", 990);
  maker.Add(0, "dict", 10);
  EXPECT_EQ(maker.Pruned({1.0, kNoLimit, kNoLimit}).size(), 3u);
}

TEST(PruneTest, LargestCalleesStay) {
  TreeMaker maker;
  for (const uint64_t bytes : {1, 5, 3, 4, 2}) maker.Add(0, "dict", bytes);
  EXPECT_THAT(maker.Pruned({0, kNoLimit, 3}),
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
  EXPECT_THAT(maker.Pruned({0, 5, kNoLimit}),
              ElementsAre(Is(0, {0, 0}, 0), Is(0, {1, 1}, 0), Is(1, {50, 1}, 0),
                          Is(0, {30, 1}, 0), ::testing::_));
}

TEST(PruneTest, NoLimitKeepsEverything) {
  TreeMaker maker;
  maker.Add(maker.Add(0, "dict", 0), "list", 0);
  EXPECT_EQ(maker.Pruned({0, kNoLimit, kNoLimit}).size(), 3u);
}

TEST(PruneTest, LeastLimitsLeaveMainAndTheRest) {
  TreeMaker maker;
  maker.Add(maker.Add(0, "dict", 10), "list", 5);
  EXPECT_THAT(maker.Pruned({0, 2, kNoLimit}),
              ElementsAre(Is(0, {0, 0}, 0), Is(0, {15, 2}, 2)));
  EXPECT_THAT(maker.Pruned({0, kNoLimit, 1}),
              ElementsAre(Is(0, {0, 0}, 0), Is(0, {15, 2}, 2)));
}

TEST(PruneTest, WhatIsWantedStaysWithItsOwners) {
  TreeMaker maker;
  const uint32_t owner = maker.Add(0, "dict", 10);
  maker.Add(owner, "list", 50);
  maker.Add(owner, "set", 5);
  maker.Add(0, "list", 30);
  maker.Add(0, "set", 2);
  EXPECT_THAT(
      maker.PrunedTo({false, false, false, true, false, false}),
      ElementsAre(Is(0, {0, 0}, 0), Is(0, {10, 1}, 0), Is(1, {50, 1}, 1),
                  Is(1, {5, 1}, 0), Is(0, {32, 2}, 2)));
}

TEST(PruneTest, EverythingMayStay) {
  TreeMaker maker;
  maker.Add(maker.Add(0, "dict", 10), "list", 5);
  EXPECT_THAT(maker.Kept(), ElementsAre(Is(0, {0, 0}, 0), Is(0, {10, 1}, 0),
                                        Is(1, {5, 1}, 0)));
}

TEST(PruneTest, TypeCalledSmallIsNoRest) {
  TreeMaker maker;
  maker.Add(0, "dict", 100);
  maker.Add(0, "small", 8);
  maker.Add(0, "list", 1);
  const std::vector<CostedRow> pruned =
      maker.Pruned({10.0, kNoLimit, kNoLimit});
  EXPECT_THAT(pruned, ElementsAre(Is(0, {0, 0}, 0), Is(0, {100, 1}, 0),
                                  Is(0, {8, 1}, 1), Is(0, {1, 1}, 1)));
  EXPECT_EQ(pruned[2].num_pruned_types, 0u);
  EXPECT_EQ(pruned[3].num_pruned_types, 1u);
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

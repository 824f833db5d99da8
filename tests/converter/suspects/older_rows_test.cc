#include "converter/suspects/older_rows.h"

#include "gtest/gtest.h"

namespace heapgrind {
namespace {

// A tree of main and one row below it for each of `rows`.
ProfileTree TreeOf(const std::vector<std::pair<uint64_t, uint64_t>>& rows) {
  ProfileTree tree;
  tree.nodes.resize(1);
  for (const auto& [bytes, objects] : rows) {
    tree.nodes.emplace_back();
    tree.nodes.back().self = {bytes, objects};
    tree.nodes.back().num_topmost = objects;
  }
  SumInclusiveCosts(&tree);
  return tree;
}

OlderRows RowsOf(const ProfileTree& tree,
                 const std::vector<std::string>& names) {
  OlderRows rows(WeighWhatIsHeld(tree, StringTable()));
  for (uint32_t i = 0; i < names.size(); ++i) rows.SetName(i, names[i]);
  return rows;
}

TEST(OlderRowsTest, WhatIsNewHasGrownByAllOfIt) {
  const OlderRows older = RowsOf(TreeOf({{100, 2}}), {"main", "a (app.a)"});
  const RowWeights growth =
      older.WeighGrowth(TreeOf({{150, 3}, {70, 1}}),
                        {"main", "a (app.a)", "b (app.b)"}, StringTable());
  EXPECT_EQ(growth.bytes, (std::vector<uint64_t>{120, 50, 70}));
  EXPECT_EQ(growth.objects, (std::vector<uint64_t>{0, 1, 1}));
  EXPECT_EQ(growth.heap_bytes, 100);
}

TEST(OlderRowsTest, WhatShrankHasNotGrown) {
  const OlderRows older = RowsOf(TreeOf({{100, 2}}), {"main", "a (app.a)"});
  const RowWeights growth = older.WeighGrowth(
      TreeOf({{40, 1}}), {"main", "a (app.a)"}, StringTable());
  EXPECT_EQ(growth.bytes, (std::vector<uint64_t>{0, 0}));
}

TEST(OlderRowsTest, RowThatHasLostItsKeysIsComparedWithThoseThatHadThem) {
  const OlderRows older =
      RowsOf(TreeOf({{10, 1}, {20, 1}}),
             {"main", "S::['a'] (app.C['a'])", "S::['b'] (app.C['b'])"});
  const RowWeights growth = older.WeighGrowth(
      TreeOf({{100, 9}}), {"main", "S::[*] (app.C[*])"}, StringTable());
  EXPECT_EQ(growth.bytes[1], 70);
  EXPECT_EQ(growth.objects[1], 7);
}

TEST(OlderRowsTest, RowsOfOneNameAreComparedTogether) {
  const OlderRows older =
      RowsOf(TreeOf({{30, 1}, {30, 1}}), {"main", "a (app.a)", "a (app.a)"});
  const RowWeights growth =
      older.WeighGrowth(TreeOf({{30, 1}, {50, 1}}),
                        {"main", "a (app.a)", "a (app.a)"}, StringTable());
  EXPECT_EQ(growth.bytes[1] + growth.bytes[2], 20);
}

TEST(OlderRowsTest, KeysAreMasked) {
  EXPECT_EQ(WithoutKeys("S::['a'] (app.C['a'][5].x[*])"),
            "S::[*] (app.C[*][*].x[*])");
  EXPECT_EQ(WithoutKeys("main"), "main");
  EXPECT_EQ(WithoutKeys("a ['b"), "a ['b");
}

}  // namespace
}  // namespace heapgrind

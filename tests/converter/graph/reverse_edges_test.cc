#include "converter/graph/reverse_edges.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "converter/graph/dominators.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ReverseEdgesTest, SourcesComeInTheOrderOfTheEdges) {
  const std::vector<std::pair<uint32_t, uint32_t>> edges = {
      {2, 0}, {0, 2}, {1, 0}, {2, 0}, {2, 2}};
  const ReverseEdges reverse(4, [&edges](auto visit) {
    for (const auto& [source, target] : edges) visit(source, target);
  });
  EXPECT_THAT(reverse.Of(0), ElementsAre(2, 1, 2));
  EXPECT_THAT(reverse.Of(1), IsEmpty());
  EXPECT_THAT(reverse.Of(2), ElementsAre(0, 2));
  EXPECT_THAT(reverse.Of(3), IsEmpty());
}

TEST(ReverseEdgesTest, ChildrenOfADominatorAscend) {
  DominatorTree tree;
  tree.preorder = {1, 3, 0, 2};
  tree.idom = {3, kNoDominator, 1, 1, kNoDominator};
  const ReverseEdges children = DominatorChildren(tree);
  EXPECT_THAT(children.Of(1), ElementsAre(2, 3));
  EXPECT_THAT(children.Of(3), ElementsAre(0));
  EXPECT_THAT(children.Of(4), IsEmpty());
}

}  // namespace
}  // namespace heapgrind

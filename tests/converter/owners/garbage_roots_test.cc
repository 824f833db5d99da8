#include "converter/owners/garbage_roots.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/converter/support/heap_of_text.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

MATCHER_P2(IsRoot, node, is_held, "") {
  return arg.node == static_cast<NodeId>(node) && arg.is_held == is_held;
}

// Addresses are 0, 1, 2 ... in the order of the lines, so they are the nodes.
TEST(GarbageRootsTest, LowestObjectOfEachSourceComponent) {
  const HeapGraph graph = HeapOf(R"(
{"address": 0, "type": "a", "size": 1, "refs": [3]}
{"address": 1, "type": "a", "size": 1, "refs": [2]}
{"address": 2, "type": "a", "size": 1, "refs": [1, 3]}
{"address": 3, "type": "a", "size": 1, "refs": [4]}
{"address": 4, "type": "a", "size": 1, "refs": [3, 99]}
{"address": 5, "type": "a", "size": 1, "refs": [5]}
)");
  EXPECT_THAT(
      FindGarbageRoots(graph, std::vector<bool>(6)),
      ElementsAre(IsRoot(0, false), IsRoot(1, false), IsRoot(5, false)));
}

TEST(GarbageRootsTest, ReachedObjectsNeitherAreRootsNorConnect) {
  const HeapGraph graph = HeapOf(R"(
{"address": 0, "type": "a", "size": 1, "refs": [2]}
{"address": 1, "type": "a", "size": 1, "refs": [0]}
{"address": 2, "type": "a", "size": 1, "refs": []}
)");
  EXPECT_THAT(FindGarbageRoots(graph, {true, false, false}),
              ElementsAre(IsRoot(1, false), IsRoot(2, false)));
  EXPECT_THAT(FindGarbageRoots(graph, {true, true, true}), IsEmpty());
}

// References from what is reached and repeated ones count as known.
TEST(GarbageRootsTest, ObjectWithMoreReferencesThanKnownComesFirst) {
  const HeapGraph graph = HeapOf(R"(
{"address": 0, "type": "a", "size": 1, "refcount": 1, "refs": [1, 1]}
{"address": 1, "type": "a", "size": 1, "refcount": 3, "refs": [2]}
{"address": 2, "type": "a", "size": 1, "refcount": 2, "refs": [3]}
{"address": 3, "type": "a", "size": 1, "refcount": 2, "refs": [0]}
{"address": 4, "type": "a", "size": 1, "refs": [1]}
)");
  EXPECT_THAT(FindGarbageRoots(graph, {false, false, false, false, true}),
              ElementsAre(IsRoot(2, true)));
}

}  // namespace
}  // namespace heapgrind

#include "converter/owners/reference_kinds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "tests/converter/support/heap_of_text.h"

namespace heapgrind {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

constexpr ReferenceKind kOwning = ReferenceKind::kOwning;
constexpr ReferenceKind kKey = ReferenceKind::kKey;
constexpr ReferenceKind kCallback = ReferenceKind::kCallback;
constexpr ReferenceKind kLocal = ReferenceKind::kLocal;
constexpr ReferenceKind kBorrowed = ReferenceKind::kBorrowed;
constexpr ReferenceKind kOfWords = ReferenceKind::kNative;

std::vector<ReferenceKind> KindsOf(const HeapGraph& graph,
                                   const ReferenceKinds& kinds, NodeId node) {
  std::vector<ReferenceKind> result;
  for (size_t i = 0; i < graph.References(node).size(); ++i) {
    result.push_back(kinds.Of(node, i));
  }
  return result;
}

// Addresses are 0, 1, 2 ... in the order of the lines, so they are the nodes.
constexpr char kLines[] = R"(
{"address": 0, "type": "frame", "kind": "frame", "size": 1, "refs": [4, 4, 4, 4, 4], "names": ["x", null, "called", "f_globals", "f_back"]}
{"address": 1, "type": "function", "kind": "function", "size": 1, "refs": [4, 4, 4], "names": ["__code__", "__globals__", "__builtins__"]}
{"address": 2, "type": "list", "size": 1, "refs": [4, 3]}
{"address": 3, "type": "module", "kind": "module", "size": 1, "name": "m", "refs": []}
{"address": 4, "type": "dict", "size": 1, "refs": []}
)";

TEST(ReferenceKindsTest, FrameHoldsItsLocalsForAWhile) {
  const HeapGraph graph = HeapOf(kLines);
  EXPECT_THAT(KindsOf(graph, ReferenceKinds(graph, {}), 0),
              ElementsAre(kLocal, kLocal, kOwning, kBorrowed, kBorrowed));
}

// 1 is suspended, and waits for 2; 3 runs, as the frame 4 of the thread.
constexpr char kCoroutines[] = R"lines(
{"root": "thread", "name": "MainThread", "refs": [4], "names": ["frame"]}
{"address": 0, "type": "dict", "size": 1, "refs": []}
{"address": 1, "type": "coroutine", "size": 1, "refs": [0, 0, 0, 2, 0], "names": ["__name__", "f_globals", "session", "cr_await"]}
{"address": 2, "type": "generator", "size": 1, "refs": [0, 0], "names": ["(temporary)", "f_object"]}
{"address": 3, "type": "coroutine", "size": 1, "refs": [0, 4, 0], "names": ["__qualname__", "gi_frame"]}
{"address": 4, "type": "frame", "kind": "frame", "size": 0, "refs": [0], "names": ["session"]}
{"address": 5, "type": "generator", "size": 1, "refs": [6], "names": ["gi_frame"]}
{"address": 6, "type": "frame", "kind": "frame", "size": 9, "refs": [0], "names": ["line"]}
)lines";

TEST(ReferenceKindsTest, SuspendedCoroutineHoldsItsLocalsForAWhile) {
  const HeapGraph graph = HeapOf(kCoroutines);
  const ReferenceKinds kinds(graph, {});
  EXPECT_THAT(KindsOf(graph, kinds, 1),
              ElementsAre(kOwning, kBorrowed, kLocal, kOwning, kLocal));
  EXPECT_THAT(KindsOf(graph, kinds, 2), ElementsAre(kLocal, kOwning));
}

TEST(ReferenceKindsTest, RunningCoroutineBorrowsItsFrameFromTheThread) {
  const HeapGraph graph = HeapOf(kCoroutines);
  const ReferenceKinds kinds(graph, {});
  EXPECT_THAT(KindsOf(graph, kinds, 3),
              ElementsAre(kOwning, kBorrowed, kBorrowed));
}

TEST(ReferenceKindsTest, SuspendedGeneratorOwnsItsFrameObject) {
  const HeapGraph graph = HeapOf(kCoroutines);
  const ReferenceKinds kinds(graph, {});
  EXPECT_THAT(KindsOf(graph, kinds, 5), ElementsAre(kOwning));
  EXPECT_THAT(KindsOf(graph, kinds, 6), ElementsAre(kLocal));
}

constexpr char kCache[] = R"lines(
{"address": 0, "type": "_lru_cache_wrapper", "size": 1, "refs": [1, 1, 1, 1, 1], "names": ["__dict__", "cache", "__wrapped__"]}
{"address": 1, "type": "dict", "size": 1, "refs": []}
)lines";

TEST(ReferenceKindsTest, CacheHoldsItsKeysAndResultsForAWhile) {
  const HeapGraph graph = HeapOf(kCache);
  EXPECT_THAT(KindsOf(graph, ReferenceKinds(graph, {}), 0),
              ElementsAre(kOwning, kLocal, kOwning, kLocal, kLocal));
}

constexpr char kKeys[] = R"lines(
{"root": "interpreter", "name": "interpreter", "refs": [2, 0], "names": ["signal handler", "builtins"]}
{"address": 0, "type": "dict", "size": 1, "pairs": 2, "refs": [1, 1, 3, 1]}
{"address": 1, "type": "Node", "size": 1, "refs": []}
{"address": 2, "type": "method", "size": 1, "refs": [1, 1], "names": ["__self__", "__func__"]}
{"address": 3, "type": "str", "size": 1, "value": "key", "refs": []}
{"address": 4, "type": "set", "size": 1, "refs": [3, 1]}
)lines";

TEST(ReferenceKindsTest, ObjectsAreLookedUpAsKeysAndAsMembersOfSets) {
  const HeapGraph graph = HeapOf(kKeys);
  const ReferenceKinds kinds(graph, {});
  EXPECT_THAT(KindsOf(graph, kinds, 0),
              ElementsAre(kKey, kOwning, kOwning, kOwning));
  EXPECT_THAT(KindsOf(graph, kinds, 4), ElementsAre(kOwning, kKey));
}

TEST(ReferenceKindsTest, BoundMethodWillCallItsObject) {
  const HeapGraph graph = HeapOf(kKeys);
  EXPECT_THAT(KindsOf(graph, ReferenceKinds(graph, {}), 2),
              ElementsAre(kCallback, kOwning));
}

TEST(ReferenceKindsTest, InterpreterBorrowsWhatSignalsCall) {
  const HeapGraph graph = HeapOf(kKeys);
  const ReferenceKinds kinds(graph, {});
  EXPECT_EQ(kinds.OfRoot(graph.roots[0], 0), kBorrowed);
  EXPECT_EQ(kinds.OfRoot(graph.roots[0], 1), kOwning);
}

// 2 uses the name `save`, which is a variable in 5.
constexpr char kNames[] = R"lines(
{"address": 2, "type": "code", "kind": "code", "size": 1, "name": "f", "refs": [3, 5], "names": ["co_names", "co_consts"]}
{"address": 3, "type": "tuple", "size": 1, "refs": [4]}
{"address": 4, "type": "str", "size": 1, "value": "save", "refs": []}
{"address": 5, "type": "tuple", "size": 1, "refs": [4]}
)lines";

TEST(ReferenceKindsTest, CodeBorrowsTheNamesThatItUses) {
  const HeapGraph graph = HeapOf(kNames);
  const ReferenceKinds kinds(graph, {});
  EXPECT_THAT(KindsOf(graph, kinds, 1), ElementsAre(kBorrowed));
  EXPECT_THAT(KindsOf(graph, kinds, 3), ElementsAre(kOwning));
}

// 2 is what the event loop policy keeps for a thread, 3 a program's own data.
constexpr char kThreadLocals[] = R"lines(
{"root": "thread", "name": "MainThread", "refs": [2, 3], "names": ["local", "local"]}
{"address": 0, "type": "str", "size": 1, "value": "_loop", "refs": []}
{"address": 1, "type": "EventLoop", "size": 1, "refs": []}
{"address": 2, "type": "dict", "size": 1, "refs": [0, 1]}
{"address": 3, "type": "dict", "size": 1, "refs": [4, 1]}
{"address": 4, "type": "str", "size": 1, "value": "loop", "refs": []}
)lines";

TEST(ReferenceKindsTest, ThreadBorrowsTheEventLoopThatIsSetForIt) {
  const HeapGraph graph = HeapOf(kThreadLocals);
  const ReferenceKinds kinds(graph, {});
  EXPECT_THAT(KindsOf(graph, kinds, 2), ElementsAre(kBorrowed, kBorrowed));
  EXPECT_THAT(KindsOf(graph, kinds, 3), ElementsAre(kOwning, kOwning));
}

TEST(ReferenceKindsTest, FunctionBorrowsWhatItNeedsToRun) {
  const HeapGraph graph = HeapOf(kLines);
  EXPECT_THAT(KindsOf(graph, ReferenceKinds(graph, {}), 1),
              ElementsAre(kOwning, kBorrowed, kBorrowed));
}

// 0 holds the block 1, and looks into the block 2; so does 1, which also holds
// 2 and knows the object 0.
constexpr char kNative[] = R"lines(
{"address": 0, "type": "_Element", "size": 1, "refs": [3, 1, 2], "inside": 1}
{"address": 1, "type": "(native)", "size": 1, "refs": [0, 2, 2], "inside": 1}
{"address": 2, "type": "(native)", "size": 1, "refs": []}
{"address": 3, "type": "dict", "size": 1, "refs": []}
{"root": "static", "name": "lxml.etree", "refs": [1, 0]}
)lines";

TEST(ReferenceKindsTest, ObjectsAndBlocksOwnTheBlocksThatTheyPointAt) {
  const HeapGraph graph = HeapOf(kNative);
  const ReferenceKinds kinds(graph, {});
  EXPECT_THAT(KindsOf(graph, kinds, 0),
              ElementsAre(kOwning, kOwning, kOfWords));
  EXPECT_THAT(KindsOf(graph, kinds, 1),
              ElementsAre(kOfWords, kOwning, kOfWords));
}

TEST(ReferenceKindsTest, StaticVariablesOwnWhatNothingElseDoes) {
  const HeapGraph graph = HeapOf(kNative);
  const ReferenceKinds kinds(graph, {});
  ASSERT_EQ(graph.roots.size(), 1u);
  EXPECT_EQ(kinds.OfRoot(graph.roots[0], 0), kOfWords);
  EXPECT_EQ(kinds.OfRoot(graph.roots[0], 1), kOfWords);
}

TEST(ReferenceKindsTest, WhatHasAHomeIsBorrowed) {
  const HeapGraph graph = HeapOf(kLines);
  EXPECT_THAT(KindsOf(graph, ReferenceKinds(graph, {{3, kRootHome}}), 2),
              ElementsAre(kOwning, kBorrowed));
}

TEST(ReferenceKindsTest, WithoutHomesEveryReferenceIsOwning) {
  const HeapGraph graph = HeapOf(kLines);
  const ReferenceKinds kinds(graph);
  EXPECT_THAT(KindsOf(graph, kinds, 0), Each(kOwning));
  EXPECT_THAT(KindsOf(graph, kinds, 1), Each(kOwning));
}

}  // namespace
}  // namespace heapgrind

// Tests edges, name_path, place_names and completion on one heap.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "converter/commands/walk/completion.h"
#include "converter/commands/walk/edges.h"
#include "converter/commands/walk/name_path.h"
#include "converter/commands/walk/place_names.h"
#include "tests/converter/commands/walk/walked_heap.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;

// "NAME -> ADDRESS" of each.
std::vector<std::string> Texts(const WalkHeap& heap,
                               const std::vector<Edge>& edges) {
  std::vector<std::string> texts;
  for (const Edge& edge : edges) {
    texts.push_back(absl::StrCat(
        edge.name, " -> ",
        heap.IsObject(edge.target) ? heap.graph().address[edge.target] : 0));
  }
  return texts;
}

// The address that a path leads to from an object, or the error.
std::string Found(WalkHeap* heap, uint64_t from, std::string_view path) {
  const Place here = from == 0 ? heap->main() : heap->At(from);
  const absl::StatusOr<Place> place = FindPlace(*heap, here, path);
  if (!place.ok()) return std::string(place.status().message());
  return heap->IsObject(*place) ? absl::StrCat(heap->graph().address[*place])
                                : heap->AnchorName(*place);
}

TEST(EdgesTest, KeysAreWrittenAsPythonWritesThem) {
  WalkedHeap walked(SomeLines());
  const WalkHeap& heap = walked.heap();
  EXPECT_THAT(Texts(heap, Steps(heap, heap.At(1680))),
              ElementsAre("['k 1'] -> 1712", "[7] -> 1744",
                          "[('t', 7)] -> 1776", "[0x700] -> 1808"));
  EXPECT_THAT(
      Texts(heap, References(heap, heap.At(1680))),
      ElementsAre("{'k 1'} -> 1696", "['k 1'] -> 1712", "{7} -> 1728",
                  "[7] -> 1744", "{('t', 7)} -> 1760", "[('t', 7)] -> 1776",
                  "{0x700} -> 1792", "[0x700] -> 1808"));
}

TEST(EdgesTest, PartsGoByNameOrPlace) {
  WalkedHeap walked(SomeLines());
  const WalkHeap& heap = walked.heap();
  EXPECT_THAT(Texts(heap, Steps(heap, heap.At(1808))),
              ElementsAre(".next -> 1888", ".'cell x' -> 1904", "<0> -> 1920"));
  EXPECT_THAT(Texts(heap, Steps(heap, heap.At(1712))),
              ElementsAre("[0] -> 1824", "[1] -> 1840"));
}

TEST(EdgesTest, ChildrenOfAnElementGoByPlace) {
  WalkedHeap walked(
      "{\"root\": \"modules\", \"refs\": [16], \"names\": [\"modules\"]}\n"
      "{\"address\": 16, \"type\": \"Element\", \"size\": 10, \"len\": 2, "
      "\"refs\": [32, 48, 64], \"names\": [\"tag\"]}\n" +
      TextLine(32, "root") + ObjectLine(48, "Element", "", "") +
      ObjectLine(64, "Element", "", ""));
  const WalkHeap& heap = walked.heap();
  EXPECT_THAT(Texts(heap, Steps(heap, heap.At(16))),
              ElementsAre(".tag -> 32", "[0] -> 48", "[1] -> 64"));
}

TEST(EdgesTest, AModuleHasItsDictsValuesAsAttributes) {
  WalkedHeap walked(SomeLines());
  const WalkHeap& heap = walked.heap();
  EXPECT_THAT(Texts(heap, Steps(heap, heap.At(1632))),
              ElementsAre(".cache -> 1680"));
  EXPECT_THAT(Texts(heap, References(heap, heap.At(1632))),
              ElementsAre(".__dict__ -> 1648"));
}

TEST(NamePathTest, FindsFromTheTopAndFromHere) {
  WalkedHeap walked(SomeLines());
  WalkHeap* const heap = &walked.heap();
  EXPECT_EQ(Found(heap, 0, "app.cache['k 1'][1]"), "1840");
  EXPECT_EQ(Found(heap, 0, "app.cache[ \"k 1\" ]"), "1712");
  EXPECT_EQ(Found(heap, 0, "app.cache[('t', 7)]"), "1776");
  EXPECT_EQ(Found(heap, 0, "app.cache[0x700].'cell x'"), "1904");
  EXPECT_EQ(Found(heap, 0, "app.cache{7}"), "1728");
  EXPECT_EQ(Found(heap, 1632, ".cache"), "1680");
  EXPECT_EQ(Found(heap, 1632, "cache"), "1680");
  EXPECT_EQ(Found(heap, 1632, "cache.x"), "expected a name in .cache, got .x");
  EXPECT_EQ(Found(heap, 1808, "<0>"), "1920");
  EXPECT_EQ(Found(heap, 1808, "app"), "1632");
  EXPECT_EQ(Found(heap, 1808, "main"), "main");
}

TEST(NamePathTest, FindsByAddress) {
  WalkedHeap walked(SomeLines());
  WalkHeap* const heap = &walked.heap();
  EXPECT_EQ(Found(heap, 0, "0x710.next"), "1888");
  EXPECT_EQ(Found(heap, 0, "1808"), "1808");
  EXPECT_EQ(Found(heap, 0, "1809"),
            "expected the address of an object, got 1809");
  EXPECT_EQ(Found(heap, 0, "99999999999999999999999"),
            "expected the address of an object, got 99999999999999999999999");
}

TEST(NamePathTest, SaysHowFarAPathLeads) {
  WalkedHeap walked(SomeLines());
  WalkHeap* const heap = &walked.heap();
  EXPECT_EQ(Found(heap, 0, "app.cachet[7]"),
            "expected a name in app, got .cachet\nhint: did you mean .cache");
  EXPECT_EQ(Found(heap, 0, "app.cache[7"), "expected an end of [7, got none");
  EXPECT_EQ(Found(heap, 0, "app.'x"), "expected an end of 'x, got none");
  EXPECT_EQ(Found(heap, 0, "ap"),
            "expected an address, a module or a name, got ap\n"
            "hint: did you mean app");
  EXPECT_EQ(Found(heap, 0, "app]"),
            "expected an address, a module or a name, got app]\n"
            "hint: did you mean app");
}

TEST(PlaceNamesTest, EveryObjectsNameLeadsBackToIt) {
  WalkedHeap walked(SomeLines());
  WalkHeap* const heap = &walked.heap();
  PlaceNames names(heap);
  for (NodeId node = 0; node < heap->graph().num_nodes(); ++node) {
    const std::string name = names.Of(node);
    EXPECT_EQ(Found(heap, 0, name), absl::StrCat(heap->graph().address[node]))
        << name;
  }
  EXPECT_EQ(names.Of(heap->At(1888)), "app.cache[0x700].next");
  EXPECT_EQ(names.Of(heap->At(1696)), "app.cache{'k 1'}");
}

std::vector<std::string> Completed(WalkHeap* heap, uint64_t here,
                                   std::string_view line) {
  WalkState state(heap);
  if (here != 0) state.Go(heap->At(here));
  Completion completion = Complete(line, &state);
  completion.candidates.push_back(absl::StrCat(completion.num_replaced));
  return completion.candidates;
}

TEST(CompletionTest, CompletesCommands) {
  WalkedHeap walked(SomeLines());
  EXPECT_THAT(Completed(&walked.heap(), 0, "ref"),
              ElementsAre("referrers ", "refs ", "3"));
  EXPECT_THAT(Completed(&walked.heap(), 0, "cd app; inf"),
              ElementsAre("info ", "3"));
}

TEST(CompletionTest, CompletesNames) {
  WalkedHeap walked(SomeLines());
  WalkHeap* const heap = &walked.heap();
  EXPECT_THAT(Completed(heap, 0, "ls a"), ElementsAre("app", "1"));
  EXPECT_THAT(Completed(heap, 0, "ls app.c"), ElementsAre(".cache", "2"));
  EXPECT_THAT(Completed(heap, 0, "ls app.cache['k "),
              ElementsAre("['k 1']", "4"));
  EXPECT_THAT(Completed(heap, 1808, "ls .n"), ElementsAre(".next", "2"));
  EXPECT_THAT(Completed(heap, 1808, "ls n"), ElementsAre("next", "1"));
  EXPECT_THAT(Completed(heap, 1808, "ls nothing.x"), ElementsAre("9"));
}

TEST(CompletionTest, CompletesTermsAndTypes) {
  WalkedHeap walked(SomeLines());
  EXPECT_THAT(Completed(&walked.heap(), 0, "find type=s"),
              ElementsAre("set", "str", "1"));
  EXPECT_THAT(Completed(&walked.heap(), 0, "find type=str si"),
              ElementsAre("size>", "2"));
}

TEST(CompletionTest, CommonPrefixHasWholeCharacters) {
  EXPECT_EQ(CommonPrefix({"abc", "abd"}), "ab");
  EXPECT_EQ(CommonPrefix({"aä", "aö"}), "a");
  EXPECT_EQ(CommonPrefix({}), "");
}

}  // namespace
}  // namespace heapgrind

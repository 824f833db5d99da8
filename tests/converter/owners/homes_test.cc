// Tests the homes of definitions, with the modules and namespaces they need.

#include "converter/owners/homes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/converter/support/heap_of_text.h"

namespace heapgrind {
namespace {

using ::testing::Pair;
using ::testing::UnorderedElementsAre;

Homes HomesOf(const HeapGraph& graph) {
  const Namespaces namespaces(graph);
  return FindHomes(graph, namespaces, ModuleTable(graph, namespaces));
}

// Addresses are 0, 1, 2 ... in the order of the lines, so they are the nodes.
TEST(HomesTest, ModuleBelongsToItsPackageAndAliasesBorrow) {
  const HeapGraph graph = HeapOf(R"(
{"root": "modules", "name": "sys.modules", "refs": [0]}
{"address": 0, "type": "dict", "size": 1, "pairs": 3, "refs": [1, 4, 2, 5, 3, 5]}
{"address": 1, "type": "str", "size": 1, "value": "pkg", "refs": []}
{"address": 2, "type": "str", "size": 1, "value": "pkg.mod", "refs": []}
{"address": 3, "type": "str", "size": 1, "value": "alias", "refs": []}
{"address": 4, "type": "module", "kind": "module", "size": 1, "name": "pkg", "refs": []}
{"address": 5, "type": "module", "kind": "module", "size": 1, "name": "pkg.mod", "refs": [6], "names": ["__dict__"]}
{"address": 6, "type": "dict", "size": 1, "refs": []}
)");
  EXPECT_THAT(HomesOf(graph),
              UnorderedElementsAre(Pair(0, kRootHome), Pair(4, kRootHome),
                                   Pair(5, 4), Pair(6, 5)));
}

TEST(HomesTest, ClassAndFunctionBelongToTheNamespaceThatHoldsThem) {
  const HeapGraph graph = HeapOf(R"(
{"root": "modules", "name": "sys.modules", "refs": [0]}
{"address": 0, "type": "dict", "size": 1, "pairs": 1, "refs": [1, 2]}
{"address": 1, "type": "str", "size": 1, "value": "mod", "refs": []}
{"address": 2, "type": "module", "kind": "module", "size": 1, "name": "mod", "refs": [3], "names": ["__dict__"]}
{"address": 3, "type": "dict", "size": 1, "pairs": 3, "refs": [4, 5, 9, 8, 10, 5]}
{"address": 4, "type": "str", "size": 1, "value": "Class", "refs": []}
{"address": 5, "type": "type", "kind": "class", "size": 1, "name": "Class", "module": "mod", "refs": [6], "names": ["__dict__"]}
{"address": 6, "type": "dict", "size": 1, "pairs": 1, "refs": [7, 11]}
{"address": 7, "type": "str", "size": 1, "value": "method", "refs": []}
{"address": 8, "type": "function", "kind": "function", "size": 1, "name": "gone", "module": "mod", "refs": [3], "names": ["__globals__"]}
{"address": 9, "type": "str", "size": 1, "value": "kept_as", "refs": []}
{"address": 10, "type": "str", "size": 1, "value": "Alias", "refs": []}
{"address": 11, "type": "property", "size": 1, "refs": [12], "names": ["fget"]}
{"address": 12, "type": "function", "kind": "function", "size": 1, "name": "method", "qualname": "Class.method", "module": "mod", "refs": [3], "names": ["__globals__"]}
)");
  EXPECT_THAT(
      HomesOf(graph),
      UnorderedElementsAre(Pair(0, kRootHome), Pair(2, kRootHome), Pair(3, 2),
                           Pair(5, 3), Pair(6, 5), Pair(12, 11)));
}

TEST(HomesTest, SingletonsBelongToTheRoot) {
  const HeapGraph graph = HeapOf(R"(
{"address": 0, "type": "NoneType", "size": 1, "refs": []}
{"address": 1, "type": "bool", "size": 1, "value": "True", "refs": []}
{"address": 2, "type": "int", "size": 1, "value": 256, "refs": []}
{"address": 3, "type": "int", "size": 1, "value": 257, "refs": []}
{"address": 4, "type": "int", "size": 1, "value": -5, "refs": []}
{"address": 5, "type": "int", "size": 1, "value": -6, "refs": []}
{"address": 6, "type": "str", "size": 1, "value": "x", "refs": []}
{"address": 7, "type": "str", "size": 1, "value": "", "refs": []}
{"address": 8, "type": "str", "size": 1, "value": "xy", "refs": []}
{"address": 9, "type": "list", "size": 1, "refs": []}
)");
  EXPECT_THAT(HomesOf(graph),
              UnorderedElementsAre(Pair(0, kRootHome), Pair(1, kRootHome),
                                   Pair(2, kRootHome), Pair(4, kRootHome),
                                   Pair(6, kRootHome), Pair(7, kRootHome)));
}

TEST(HomesTest, OnlyTheInterpretersOwnCharactersAndNumbersBelongToTheRoot) {
  const HeapGraph graph = HeapOf(R"(
{"root": "interpreter", "refs": [1, 3, 5], "names": ["small_ints", "characters", "empty"]}
{"address": 1, "type": "int", "size": 1, "value": 7, "refs": []}
{"address": 2, "type": "int", "size": 1, "value": 7, "refs": []}
{"address": 3, "type": "str", "size": 1, "value": "y", "refs": []}
{"address": 4, "type": "str", "size": 1, "value": "y", "refs": []}
{"address": 5, "type": "tuple", "size": 1, "refs": []}
{"address": 6, "type": "NoneType", "size": 1, "refs": []}
)");
  EXPECT_THAT(HomesOf(graph),
              UnorderedElementsAre(Pair(0, kRootHome), Pair(2, kRootHome),
                                   Pair(4, kRootHome), Pair(5, kRootHome)));
}

}  // namespace
}  // namespace heapgrind

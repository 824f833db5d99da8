#include "converter/python/type_names.h"

#include <gtest/gtest.h>

#include <string>

#include "converter/heap/heap_graph.h"
#include "tests/converter/support/heap_of_text.h"

namespace heapgrind {
namespace {

// Addresses are 0, 1, 2 ... in the order of the lines, so they are the nodes.
std::string NameOf(const std::string& lines, NodeId node) {
  HeapGraph graph = HeapOf(lines);
  const TypeNames names(&graph);
  return std::string(graph.strings.Text(names.Of(node)));
}

constexpr char kTwoSessions[] = R"(
{"address": 0, "type": "Session", "size": 1, "refs": [2], "names": ["__class__"]}
{"address": 1, "type": "Session", "size": 1, "refs": [3], "names": ["__class__"]}
{"address": 2, "type": "type", "kind": "class", "name": "Session", "module": "app", "size": 1, "refs": []}
{"address": 3, "type": "type", "kind": "class", "name": "Session", "module": "orm", "size": 1, "refs": []}
)";

TEST(TypeNamesTest, ClassesOfOneNameStayApart) {
  EXPECT_EQ(NameOf(kTwoSessions, 0), "app.Session");
  EXPECT_EQ(NameOf(kTwoSessions, 1), "orm.Session");
}

// The cell of super(), and a local variable that is a class.
constexpr char kVariables[] = R"(
{"address": 0, "type": "generator", "size": 1, "refs": [3], "names": ["__class__"]}
{"address": 1, "type": "generator", "size": 1, "refs": [4], "names": ["__class__"]}
{"address": 2, "type": "generator", "size": 1, "refs": []}
{"address": 3, "type": "cell", "size": 1, "refs": [4]}
{"address": 4, "type": "type", "kind": "class", "name": "Reader", "module": "app", "size": 1, "refs": []}
)";

TEST(TypeNamesTest, VariableMayBeCalledAsClassesAre) {
  for (NodeId node = 0; node < 3; ++node) {
    EXPECT_EQ(NameOf(kVariables, node), "generator") << node;
  }
}

TEST(TypeNamesTest, BlankNameIsAQuestionMark) {
  EXPECT_EQ(NameOf(R"({"address": 0, "type": "", "size": 1, "refs": []})", 0),
            "?");
  EXPECT_EQ(
      NameOf(R"({"address": 0, "type": " \t", "size": 1, "refs": []})", 0),
      "?");
}

TEST(TypeNamesTest, ParenthesesAreBrackets) {
  EXPECT_EQ(
      NameOf(R"({"address": 0, "type": "(1) a", "size": 1, "refs": []})", 0),
      "[1] a");
}

}  // namespace
}  // namespace heapgrind

// Tests which texts of objects a heap graph keeps.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "converter/heap/heap_graph.h"
#include "tests/converter/support/heap_of_text.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;

std::string_view Text(const HeapGraph& graph, StringId id) {
  return graph.strings.Text(id);
}

// Object 1 is a dictionary of the others.
HeapGraph DictOf(const std::string& refs, const std::string& lines) {
  return HeapOf(
      "{\"address\": 1, \"type\": \"dict\", \"size\": 1, \"pairs\": 2, "
      "\"refs\": [" +
      refs + "]}\n" + lines);
}

TEST(HeapGraphBuilderTest, LongTextsAreCutAndLongNumbersForgotten) {
  const std::string long_text(200, 'x');
  const HeapGraph graph = DictOf(
      "2, 4, 3, 4",
      "{\"address\": 2, \"type\": \"str\", \"size\": 1, \"value\": \"" +
          long_text +
          "\", \"refs\": []}\n"
          "{\"address\": 3, \"type\": \"int\", \"size\": 1, \"value\": "
          "1234567, "
          "\"refs\": []}\n"
          "{\"address\": 4, \"type\": \"int\", \"size\": 1, \"value\": -123, "
          "\"refs\": []}\n");
  EXPECT_EQ(Text(graph, graph.text[1]), long_text.substr(0, 100));
  EXPECT_EQ(graph.text[2], kNoString);
  EXPECT_EQ(Text(graph, graph.text[3]), "-123");
}

TEST(HeapGraphBuilderTest, OnlyTextsThatMayBeNamesAreKept) {
  const HeapGraph graph = DictOf("2, 3, 4, 5", R"(
{"address": 2, "type": "str", "size": 1, "value": "a key", "refs": []}
{"address": 3, "type": "str", "size": 1, "value": "a value", "refs": []}
{"address": 4, "type": "str", "size": 1, "value": "__module__", "refs": []}
{"address": 5, "type": "str", "size": 1, "value": "its name", "refs": []}
{"address": 6, "type": "X", "size": 1, "refs": [3, 7], "names": ["doc", "__qualname__"]}
{"address": 7, "type": "str", "size": 1, "value": "A.method", "refs": []}
{"address": 8, "type": "str", "size": 1, "value": "", "refs": []}
)");
  std::vector<std::string> texts;
  for (const StringId text : graph.text) {
    texts.push_back(text == kNoString ? "none"
                                      : std::string(Text(graph, text)));
  }
  EXPECT_THAT(texts, ElementsAre("none", "a key", "none", "__module__",
                                 "its name", "none", "A.method", ""));
}

}  // namespace
}  // namespace heapgrind

// Tests what the keys of dictionaries call their values: keys that Python tells
// apart give different leaves.

#include "converter/profile/reference_leaves.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/converter/support/heap_of_text.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;

// What a dictionary calls its values whose keys are the records of `keys`, with
// addresses from 10 on: the leaves in brackets, texts in quotes.  `others` are
// records that the keys refer to.
std::vector<std::string> LeavesOf(const std::vector<std::string>& keys,
                                  const std::string& others = "") {
  std::string refs, records = others;
  for (size_t i = 0; i < keys.size(); ++i) {
    absl::StrAppend(&refs, i == 0 ? "" : ", ", 10 + i, ", 9");
    absl::StrAppend(&records, R"({"address": )", 10 + i, ", ", keys[i], "}\n");
  }
  HeapGraph graph = HeapOf(absl::StrCat(
      R"({"address": 1, "type": "dict", "size": 1, "pairs": )", keys.size(),
      R"(, "refs": [)", refs, "]}\n",
      R"({"address": 9, "type": "T", "size": 1, "refs": []})", "\n", records));
  const Namespaces namespaces(graph);
  ReferenceLeaves leaves(&graph, namespaces);
  std::vector<std::string> texts;
  for (size_t i = 0; i < keys.size(); ++i) {
    const Leaf leaf = leaves.Of(NodeAt(graph, 1), 2 * i + 1);
    const std::string text(graph.strings.Text(leaf.text));
    texts.push_back(leaf.form == LeafForm::kTextKey     ? "['" + text + "']"
                    : leaf.form == LeafForm::kNumberKey ? "[" + text + "]"
                                                        : "?");
  }
  return texts;
}

std::string Key(const std::string& type, const std::string& rest = "") {
  return absl::StrCat(
      R"("type": ")", type, R"(", "size": 1, )", rest,
      rest.find("refs") == std::string::npos ? R"("refs": [])" : "");
}

TEST(ReferenceLeavesTest, NumbersAndTextsOfOneLookStayApart) {
  EXPECT_THAT(
      LeavesOf({Key("str", R"("value": "7", )"), Key("int", R"("value": 7, )"),
                Key("bytes", R"("value": "7", )")}),
      ElementsAre("['7']", "[7]", "[b'7']"));
}

TEST(ReferenceLeavesTest, KeyWithoutTextGoesByItsType) {
  EXPECT_THAT(LeavesOf({Key("int"), Key("Job"), Key("float")}),
              ElementsAre("[<int>]", "[<Job>]", "[<float>]"));
}

TEST(ReferenceLeavesTest,
     FewKeysOfOneLookAreNumberedInTheOrderOfTheDictionary) {
  EXPECT_THAT(
      LeavesOf({Key("Job"), Key("str", R"("value": "a", )"), Key("Job"),
                Key("Name", R"("value": "a", )"), Key("Job")}),
      ElementsAre("[<Job>]", "['a']", "[<Job> #2]", "['a #2']", "[<Job> #3]"));
}

TEST(ReferenceLeavesTest, ManyKeysOfOneLookAreOneName) {
  const std::vector<std::string> names =
      LeavesOf(std::vector<std::string>(5, Key("Job")));
  EXPECT_THAT(names, ::testing::Each("[<Job>]"));
}

TEST(ReferenceLeavesTest, FrozenSetIsToldByItsElementsInAnyOrder) {
  const std::string atoms =
      R"({"address": 5, "type": "str", "size": 1, "value": "a", "refs": []}
{"address": 6, "type": "str", "size": 1, "value": "b", "refs": []}
{"address": 7, "type": "list", "size": 1, "refs": []}
)";
  EXPECT_THAT(LeavesOf({Key("frozenset", R"("refs": [6, 5])"),
                        Key("frozenset", R"("refs": [5])"),
                        Key("tuple", R"("refs": [5])"), Key("frozenset"),
                        Key("tuple", R"("refs": [7])")},
                       atoms),
              ElementsAre("[frozenset('a', 'b')]", "[frozenset('a')]",
                          "[('a',)]", "[<frozenset>]", "[<tuple>]"));
}

}  // namespace
}  // namespace heapgrind

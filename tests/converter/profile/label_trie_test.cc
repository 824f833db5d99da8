// Tests which labels become one function, and which chains fold.

#include "converter/profile/label_trie.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "converter/base/string_table.h"
#include "converter/profile/label_numbers.h"
#include "converter/python/builtin_types.h"

namespace heapgrind {
namespace {

class LabelTrieTest : public testing::Test {
 protected:
  Label Of(std::string_view type, std::string_view text,
           LeafForm form = LeafForm::kAttribute) {
    Label label;
    label.type = strings_.Intern(type);
    label.text = text.empty() ? kNoString : strings_.Intern(text);
    label.form = form;
    return label;
  }

  Label Element(std::string_view type) {
    return Of(type, "", LeafForm::kElement);
  }

  TrieId Child(TrieId parent, const Label& label) {
    const bool is_container =
        !label.is_named() && IsContainerType(strings_.Text(label.type));
    return trie_.Child(parent,
                       TrieLabel(numbers_.Of(label), label, is_container));
  }

  StringTable strings_;
  LabelNumbers numbers_;
  LabelTrie trie_;
};

TEST_F(LabelTrieTest, EqualLabelsOfOneOwnerAreOneChild) {
  const TrieId a = Child(kTrieRoot, Of("dict", "a"));
  EXPECT_EQ(Child(kTrieRoot, Of("dict", "a")), a);
  EXPECT_NE(Child(kTrieRoot, Of("list", "a")), a);
  EXPECT_NE(Child(kTrieRoot, Of("dict", "b")), a);
  EXPECT_EQ(trie_.Parent(a), kTrieRoot);
  EXPECT_FALSE(trie_.IsRecursive(a));
}

TEST_F(LabelTrieTest, ChainOfOneLabelFolds) {
  const TrieId root = Child(kTrieRoot, Of("Node", "root"));
  const TrieId next = Child(root, Of("Node", "next"));
  EXPECT_EQ(Child(next, Of("Node", "next")), next);
  EXPECT_TRUE(trie_.IsRecursive(next));
  EXPECT_FALSE(trie_.IsRecursive(root));
}

TEST_F(LabelTrieTest, ContainersBetweenNodesFoldWithThem) {
  const TrieId tree = Child(kTrieRoot, Of("Node", "tree"));
  const TrieId children = Child(tree, Of("list", "children"));
  const TrieId node = Child(children, Element("Node"));
  const TrieId inner = Child(node, Of("list", "children"));
  EXPECT_NE(trie_.Find(inner), trie_.Find(children));
  EXPECT_EQ(Child(inner, Element("Node")), node);
  EXPECT_EQ(trie_.Find(inner), node);
  EXPECT_TRUE(trie_.IsRecursive(node));
  EXPECT_EQ(trie_.Parent(node), children);
}

TEST_F(LabelTrieTest, ChildrenOfWhatFoldsMoveAndMerge) {
  const TrieId node = Child(kTrieRoot, Element("Node"));
  const TrieId name = Child(node, Of("str", "name"));
  const TrieId left = Child(node, Of("Pair", "left"));
  const TrieId inner_name = Child(left, Of("str", "name"));
  const TrieId size = Child(left, Of("int", "size"));
  EXPECT_EQ(Child(left, Element("Node")), node);
  EXPECT_EQ(trie_.Find(left), node);
  EXPECT_EQ(trie_.Find(inner_name), trie_.Find(name));
  EXPECT_EQ(trie_.Parent(trie_.Find(size)), node);
  EXPECT_EQ(Child(node, Of("int", "size")), trie_.Find(size));
}

TEST_F(LabelTrieTest, ManyChildrenAreFoundAndMerge) {
  constexpr int kMany = 100;
  const auto name = [](int i) { return "a" + std::to_string(i); };
  const TrieId node = Child(kTrieRoot, Element("Node"));
  const TrieId left = Child(node, Of("Pair", "left"));
  std::vector<TrieId> outer, inner;
  for (int i = 0; i < kMany; ++i) {
    outer.push_back(Child(node, Of("str", name(i))));
    inner.push_back(Child(left, Of("str", name(i + kMany / 2))));
  }
  for (int i = 0; i < kMany; ++i) {
    EXPECT_EQ(Child(node, Of("str", name(i))), outer[i]);
  }
  EXPECT_EQ(Child(left, Element("Node")), node);
  for (int i = 0; i < kMany / 2; ++i) {
    EXPECT_EQ(trie_.Find(inner[i]), outer[i + kMany / 2]);
    EXPECT_EQ(Child(node, Of("str", name(i + kMany))), inner[i + kMany / 2]);
  }
}

TEST_F(LabelTrieTest, SharedObjectsDoNotFold) {
  Label shared = Of("dict", "data");
  shared.sharers = strings_.Intern("a, b");
  const TrieId outer = Child(kTrieRoot, shared);
  EXPECT_NE(Child(outer, shared), outer);
}

TEST_F(LabelTrieTest, NamedPlacesDoNotFoldIntoWhatLiesBetween) {
  Label frame = Of("frame", "run", LeafForm::kNone);
  frame.kind = RowKind::kFrame;
  const TrieId outer = Child(kTrieRoot, frame);
  EXPECT_EQ(Child(outer, frame), outer);
  const TrieId local = Child(outer, Of("list", "rows"));
  EXPECT_NE(Child(local, frame), outer);
}

TEST_F(LabelTrieTest, DepthEnds) {
  TrieId deepest = kTrieRoot;
  for (int i = 0; i < 3000; ++i) {
    deepest = Child(deepest, Of("Node", "a" + std::to_string(i)));
  }
  int depth = 0;
  for (TrieId id = deepest; id != kTrieRoot; id = trie_.Parent(id)) ++depth;
  EXPECT_EQ(depth, 500);  // kMaxDepth of label_trie.cc.
}

}  // namespace
}  // namespace heapgrind

// A table of labels and the names that they give.

#include "converter/profile/path_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heapgrind {
namespace {

using ::testing::ElementsAre;

class TreeMaker {
 public:
  TreeMaker() { tree_.nodes.resize(1); }

  uint32_t Add(uint32_t parent, std::string_view type, LeafForm form,
               std::string_view text = "", std::string_view sharers = "") {
    ProfileNode node;
    node.parent = parent;
    node.label.type = strings_.Intern(type);
    node.label.form = form;
    node.label.text = text.empty() ? kNoString : strings_.Intern(text);
    node.label.sharers = sharers.empty() ? kNoString : strings_.Intern(sharers);
    tree_.nodes.push_back(node);
    return static_cast<uint32_t>(tree_.nodes.size() - 1);
  }

  uint32_t AddNamed(uint32_t parent, RowKind kind, std::string_view type,
                    std::string_view name, std::string_view place = "") {
    const uint32_t node = Add(parent, type, LeafForm::kNone, name);
    Label& label = tree_.nodes[node].label;
    label.kind = kind;
    if (!place.empty()) label.place = strings_.Intern(place);
    return node;
  }

  ProfileNode& node(uint32_t place) { return tree_.nodes[place]; }

  std::vector<std::string> Names() const {
    const std::vector<std::string> paths = MakePaths(tree_, strings_);
    std::vector<std::string> names;
    for (uint32_t i = 0; i < tree_.nodes.size(); ++i) {
      EXPECT_EQ(PathOf(tree_, i, strings_), paths[i]);
      names.push_back(
          MakeName(tree_, i, paths[i], paths[tree_.nodes[i].parent], strings_));
    }
    return names;
  }

 private:
  StringTable strings_;
  ProfileTree tree_;
};

TEST(PathNamesTest, EachFormOfLeafHasItsStep) {
  TreeMaker maker;
  const uint32_t app = maker.AddNamed(0, RowKind::kModule, "module", "app");
  maker.Add(app, "dict", LeafForm::kAttribute, "CACHE");
  maker.Add(2, "list", LeafForm::kTextKey, "k");
  maker.Add(2, "set", LeafForm::kNumberKey, "7");
  maker.Add(3, "Session", LeafForm::kElement);
  maker.Add(5, "tuple", LeafForm::kKey);
  maker.Add(5, "cell", LeafForm::kUnnamed);
  EXPECT_THAT(
      maker.Names(),
      ElementsAre("main", "module::app (app)", "dict::CACHE (app.CACHE)",
                  "list::['k'] (app.CACHE['k'])", "set::[7] (app.CACHE[7])",
                  "Session::[*] (app.CACHE['k'][*])",
                  "tuple::keys() (app.CACHE['k'][*].keys())",
                  "cell::* (app.CACHE['k'][*].*)"));
}

TEST(PathNamesTest, DefinitionsAndThreadsGoByTheirNames) {
  TreeMaker maker;
  maker.AddNamed(0, RowKind::kModule, "module", "app.models");
  maker.AddNamed(1, RowKind::kClass, "class", "app.models.Session");
  const uint32_t thread =
      maker.AddNamed(0, RowKind::kThread, "thread", "Worker");
  maker.AddNamed(thread, RowKind::kFrame, "frame", "serve", "app.py:41");
  maker.Add(4, "list", LeafForm::kAttribute, "rows");
  EXPECT_THAT(
      maker.Names(),
      ElementsAre("main", "module::models (app.models)",
                  "class::Session (app.models.Session)", "thread::Worker",
                  "frame::serve (Worker: serve, app.py:41)",
                  "list::rows (Worker: serve.rows)"));
}

TEST(PathNamesTest, WhatIsSharedNamesItsSharers) {
  TreeMaker maker;
  maker.Add(0, "dict", LeafForm::kAttribute, "CONFIG", "app, data");
  maker.AddNamed(0, RowKind::kModule, "module", "app");
  maker.Add(2, "str", LeafForm::kElement, "", "A, B");
  maker.Add(1, "list", LeafForm::kTextKey, "k");
  EXPECT_THAT(maker.Names(),
              ElementsAre("main", "dict::CONFIG (shared: app, data)",
                          "module::app (app)", "str::[*] (shared in app: A, B)",
                          "list::['k'] (CONFIG['k'])"));
}

TEST(PathNamesTest, RecursionHasAStar) {
  TreeMaker maker;
  maker.AddNamed(0, RowKind::kModule, "module", "app");
  maker.Add(1, "Node", LeafForm::kAttribute, "root");
  const uint32_t next = maker.Add(2, "Node", LeafForm::kAttribute, "next");
  maker.node(next).is_recursive = true;
  maker.Add(next, "str", LeafForm::kAttribute, "text");
  EXPECT_THAT(maker.Names(),
              ElementsAre("main", "module::app (app)", "Node::root (app.root)",
                          "Node::next (app.root.next*)",
                          "str::text (app.root.next*.text)"));
}

TEST(PathNamesTest, SmallRowsSayWhatTheyStandFor) {
  TreeMaker maker;
  maker.AddNamed(0, RowKind::kModule, "module", "app");
  for (const uint32_t parent : {0, 1}) {
    ProfileNode& small =
        maker.node(maker.Add(parent, "small", LeafForm::kNone));
    small.self.objects = 426;
    small.num_pruned = 30;
    small.num_pruned_types = 12;
  }
  EXPECT_THAT(maker.Names(),
              ElementsAre("main", "module::app (app)",
                          "small::426 objects of 12 types (main)",
                          "small::426 objects of 12 types (app)"));
}

TEST(PathNamesTest, LongKeysAndPathsLoseTheirMiddleBetweenCharacters) {
  TreeMaker maker;
  std::string key;
  for (int i = 0; i < 30; ++i) key += "ä";
  maker.AddNamed(0, RowKind::kModule, "module", "m");
  maker.Add(1, "int", LeafForm::kTextKey, "x" + key + "y");
  for (uint32_t i = 2; i < 40; ++i) {
    maker.Add(i, "dict", LeafForm::kAttribute, "attribute" + std::to_string(i));
  }
  const std::vector<std::string> names = maker.Names();
  EXPECT_EQ(names[2],
            "int::['xäääääääää...5a7979...äääääääääy'] "
            "(m['xäääääääää...5a7979...äääääääääy'])");
  EXPECT_EQ(names[40].find("dict::attribute39 (m['x"), 0u);
  EXPECT_LT(names[40].size(), 440u);
}

TEST(PathNamesTest, PathsWithTheSameEndsStayApart) {
  TreeMaker maker;
  maker.AddNamed(0, RowKind::kModule, "module", "m");
  for (const std::string middle : {"one", "two"}) {
    uint32_t row = 1;
    for (int i = 0; i < 20; ++i) {
      const std::string name(30, 'a');
      row = maker.Add(row, "T", LeafForm::kAttribute, i == 9 ? middle : name);
    }
  }
  const std::vector<std::string> names = maker.Names();
  const std::string& one = names[21];
  const std::string& two = names[41];
  EXPECT_EQ(one.size(), two.size());
  EXPECT_EQ(one.substr(0, 200), two.substr(0, 200));
  EXPECT_NE(one, two);
}

}  // namespace
}  // namespace heapgrind

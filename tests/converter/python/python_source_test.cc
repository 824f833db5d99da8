// Tests what is found in Python source: statements, and what they define.

#include "converter/python/python_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "converter/base/abseil_view.h"
#include "converter/python/python_statements.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

// "LINE INDENT TEXT" of each statement.
std::vector<std::string> Statements(std::string_view source) {
  std::vector<std::string> all;
  SplitPythonStatements(source, [&all](const PythonStatement& statement) {
    all.push_back(absl::StrCat(statement.line, " ", statement.indent, " ",
                               View(statement.text)));
  });
  return all;
}

TEST(PythonStatementsTest, NoSourceHasNone) {
  EXPECT_THAT(Statements(""), IsEmpty());
  EXPECT_THAT(Statements("\n  \n# a comment\n"), IsEmpty());
}

TEST(PythonStatementsTest, IndentCountsTabsToTheNextEighthColumn) {
  EXPECT_THAT(Statements("a\n  b\n\tc\n  \td"),
              ElementsAre("1 0 a", "2 2 b", "3 8 c", "4 8 d"));
}

TEST(PythonStatementsTest, BracketsJoinLines) {
  EXPECT_THAT(Statements("x = [1,\n  (2,\n3)]\ny"),
              ElementsAre("1 0 x = [1,   (2, 3)]", "4 0 y"));
}

TEST(PythonStatementsTest, BackslashJoinsLines) {
  EXPECT_THAT(Statements("x = 1 + \\\n2\ny"),
              ElementsAre("1 0 x = 1 + 2", "3 0 y"));
}

TEST(PythonStatementsTest, StringsAreEmpty) {
  EXPECT_THAT(Statements("x = 'a#[' + \"b'\" # c\ny = 'it\\'s'"),
              ElementsAre("1 0 x = \"\" + \"\" ", "2 0 y = \"\""));
}

TEST(PythonStatementsTest, TripleQuotesGoOverLines) {
  EXPECT_THAT(Statements("'''a\n\"\"\"b\\'''c\n'''\nx"),
              ElementsAre("1 0 \"\"", "4 0 x"));
  EXPECT_THAT(Statements("\"\"\"a \"b\" ''' \"\"\".x\ny"),
              ElementsAre("1 0 \"\".x", "2 0 y"));
}

TEST(PythonStatementsTest, LineBreakEndsAPlainString) {
  EXPECT_THAT(Statements("x = 'a\ny"), ElementsAre("1 0 x = \"\"", "2 0 y"));
  EXPECT_THAT(Statements("x = 'a\\\nb'\ny"),
              ElementsAre("1 0 x = \"\"", "3 0 y"));
}

TEST(PythonStatementsTest, CarriageReturnsAreNoText) {
  EXPECT_THAT(Statements("x\r\n  y\r\n\r\nz"),
              ElementsAre("1 0 x", "2 2 y", "4 0 z"));
}

TEST(PythonStatementsTest, SourceMayEndAnywhere) {
  EXPECT_THAT(Statements("x = '''a"), ElementsAre("1 0 x = \"\""));
  EXPECT_THAT(Statements("x = 'a\\"), ElementsAre("1 0 x = \"\""));
  EXPECT_THAT(Statements("x = (\\"), ElementsAre("1 0 x = (\\"));
  EXPECT_THAT(Statements(")x"), ElementsAre("1 0 )x"));
}

TEST(PythonSourceTest, AssignedNamesAreVariables) {
  EXPECT_THAT(ScanPythonSource("a = b, c = 1\nd: int = 2\ne: int\n"
                               "f.g = 3\nh[i] = 4\nj == 5\nk += 6\n")
                  .variables,
              UnorderedElementsAre(Pair("a", 1), Pair("b", 1), Pair("c", 1),
                                   Pair("d", 2)));
}

TEST(PythonSourceTest, FirstAssignmentCounts) {
  EXPECT_THAT(ScanPythonSource("x = 1\nif y:\n    x = 2\n    z = 3").variables,
              UnorderedElementsAre(Pair("x", 1), Pair("z", 4)));
}

TEST(PythonSourceTest, OtherNamesOfSomethingAreAliases) {
  EXPECT_THAT(ScanPythonSource("a = b.c\nd = e = f . g\nh: int = i\nj = k()\n"
                               "l = m.n + o\np = None\nq = 0\nr = s[t]\n"
                               "u, v = w.x, y\nif z == a: pass\n")
                  .aliases,
              UnorderedElementsAre("a", "d", "e", "h", "p"));
}

TEST(PythonSourceTest, VariableWithAValueOfItsOwnIsNoAlias) {
  EXPECT_THAT(
      ScanPythonSource("a = b\na = c()\nd = e()\nd = f\ng = h\n"
                       "def i():\n  global g\np = None\np = q()\nj = k\n"
                       "for j in l: pass")
          .aliases,
      IsEmpty());
}

TEST(PythonSourceTest, LoopsAndContextsAssign) {
  EXPECT_THAT(ScanPythonSource("for i, j in x: pass\n"
                               "with open() as f: pass\n"
                               "async with a as b: pass")
                  .variables,
              UnorderedElementsAre(Pair("i", 1), Pair("j", 1), Pair("f", 2),
                                   Pair("b", 3)));
}

TEST(PythonSourceTest, FunctionsAssignOnlyWhatTheyCallGlobal) {
  EXPECT_THAT(ScanPythonSource("def f():\n  global a, b\n  a = 1\n  c = 2\n"
                               "b = 3")
                  .variables,
              UnorderedElementsAre(Pair("a", 2), Pair("b", 5)));
}

TEST(PythonSourceTest, FunctionsAreThoseOfTheModule) {
  EXPECT_THAT(ScanPythonSource("def f():\n  def g(): pass\n"
                               "class A:\n  def h(self): pass\n"
                               "async def k(): pass")
                  .functions,
              UnorderedElementsAre(Pair("f", 1), Pair("k", 5)));
}

TEST(PythonSourceTest, ClassesGoByTheirQualifiedName) {
  EXPECT_THAT(ScanPythonSource("class A:\n  class B(A): pass\n"
                               "def f():\n  class C: pass\nclass D: pass")
                  .classes,
              UnorderedElementsAre(Pair("A", 1), Pair("A.B", 2),
                                   Pair("f.<locals>.C", 4), Pair("D", 5)));
}

TEST(PythonSourceTest, SourceIsHere) {
  EXPECT_TRUE(ScanPythonSource("").is_here);
  EXPECT_FALSE(PythonSource().is_here);
}

}  // namespace
}  // namespace heapgrind

#include "converter/outside/python_version.h"

#include <gtest/gtest.h>

namespace heapgrind {
namespace {

TEST(VersionInNameTest, ReadsNamesOfProgramsAndLibraries) {
  EXPECT_EQ(VersionInName("/usr/lib/libpython3.8.so.1.0"), "3.8");
  EXPECT_EQ(VersionInName("libpython3.7m.so.1.0"), "3.7");
  EXPECT_EQ(VersionInName("/usr/bin/python3.10"), "3.10");
  EXPECT_EQ(VersionInName("python2.7-dbg"), "2.7");
}

TEST(VersionInNameTest, FindsNoneInOthers) {
  for (const char* name : {"", "python", "/usr/bin/python3", "libpython3.so",
                           "/python3.8/app", "python3.x", "python3.1000"}) {
    EXPECT_EQ(VersionInName(name), "") << name;
  }
}

TEST(VersionInTextTest, ReadsWhatPythonSaysOfItself) {
  EXPECT_EQ(VersionInText("3.8.18 (default, Feb 11 2026, 00:00:00) \n"), "3.8");
  EXPECT_EQ(VersionInText("2.7.18 (default, Oct 2 2026) \n[GCC 12]"), "2.7");
  EXPECT_EQ(VersionInText("3.10.0rc1+ (heads/main:1234) \n[GCC]"), "3.10");
}

TEST(VersionInTextTest, FindsNoneInOthers) {
  for (const char* text : {"", "3.8", "3.8.", "3.8.18", "3.8.18)", "3.8.x (",
                           "4.8.18 (", "3.81000.1 (", "13.8.18 ("}) {
    EXPECT_EQ(VersionInText(text), "") << text;
  }
}

TEST(DescribeTagTest, SaysWhatPeopleKnow) {
  EXPECT_EQ(DescribeTag("cp38"), "CPython 3.8");
  EXPECT_EQ(DescribeTag("cp37dm"), "CPython 3.7, debug build");
  EXPECT_EQ(DescribeTag("cp313t"), "CPython 3.13, free-threaded");
  EXPECT_EQ(DescribeTag("cp27mu"), "CPython 2.7, UCS-4");
  EXPECT_EQ(DescribeTag("cp27m"), "CPython 2.7, UCS-2");
  EXPECT_EQ(DescribeTag("cp313dmusl"), "CPython 3.13, debug build, with musl");
  EXPECT_EQ(DescribeTag("cp27mmusl"), "CPython 2.7, UCS-2, with musl");
  EXPECT_EQ(DescribeTag("cp"), "cp");
  EXPECT_EQ(DescribeTag("pypy39"), "pypy39");
}

}  // namespace
}  // namespace heapgrind

#include "converter/python/library_files.h"

#include "gtest/gtest.h"

namespace heapgrind {
namespace {

TEST(LibraryFilesTest, StandardLibraryIsOne) {
  EXPECT_TRUE(IsLibraryFile("/usr/lib/python3.11/functools.py"));
  EXPECT_TRUE(IsLibraryFile("/opt/py/lib64/python3.13t/json/__init__.py"));
  EXPECT_TRUE(IsLibraryFile("/opt/py/lib/python2.7/lib-dynload/math.so"));
  EXPECT_TRUE(IsLibraryFile("/app/python311.zip/os.pyc"));
  EXPECT_TRUE(IsLibraryFile("<frozen importlib._bootstrap>"));
}

TEST(LibraryFilesTest, WhatIsInstalledIsOne) {
  EXPECT_TRUE(IsLibraryFile("/srv/venv/lib/python3.9/site-packages/a/b.py"));
  EXPECT_TRUE(IsLibraryFile("/usr/lib/python3/dist-packages/pandas/io.py"));
}

TEST(LibraryFilesTest, ProgramIsNone) {
  EXPECT_FALSE(IsLibraryFile("/srv/shop/shop/sessions.py"));
  EXPECT_FALSE(IsLibraryFile("/home/anna/python3.11/app.py"));
  EXPECT_FALSE(IsLibraryFile("/home/anna/lib/pythonic/app.py"));
  EXPECT_FALSE(IsLibraryFile("/home/anna/lib/python/app.py"));
  EXPECT_FALSE(IsLibraryFile("app.py"));
  EXPECT_FALSE(IsLibraryFile(""));
}

}  // namespace
}  // namespace heapgrind

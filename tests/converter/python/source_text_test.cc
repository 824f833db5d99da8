#include "converter/python/source_text.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"

namespace heapgrind {
namespace {

class SourceTextTest : public testing::Test {
 protected:
  SourceTextTest() {
    std::string pattern = absl::StrCat(testing::TempDir(), "/source-XXXXXX");
    folder_ = mkdtemp(&pattern[0]);
  }
  ~SourceTextTest() override { std::filesystem::remove_all(folder_); }

  std::string Path(const std::string& name) const {
    return absl::StrCat(folder_, "/", name);
  }

  std::string Write(const std::string& name, const std::string& text) const {
    std::ofstream(Path(name)) << text;
    return Path(name);
  }

  std::string folder_;
};

TEST_F(SourceTextTest, ReadsPythonAndCython) {
  EXPECT_EQ(ReadSourceText(Write("a.py", "x = 1\n")), "x = 1\n");
  EXPECT_EQ(ReadSourceText(Write("a.pyx", "y = 2\n")), "y = 2\n");
  EXPECT_EQ(ReadSourceText(Write("empty.py", "")), "");
}

TEST_F(SourceTextTest, ReadsNothingElse) {
  EXPECT_EQ(ReadSourceText(Write("shadow", "root:x")), std::nullopt);
  EXPECT_EQ(ReadSourceText(Path("absent.py")), std::nullopt);
  EXPECT_EQ(ReadSourceText("/dev/zero"), std::nullopt);
}

TEST_F(SourceTextTest, IsNotHeldUpByWhatIsNoFile) {
  mkdir(Path("folder.py").c_str(), 0700);
  EXPECT_EQ(ReadSourceText(Path("folder.py")), std::nullopt);
  ASSERT_EQ(mkfifo(Path("pipe.py").c_str(), 0600), 0);
  EXPECT_EQ(ReadSourceText(Path("pipe.py")), std::nullopt);
  ASSERT_EQ(symlink("/dev/zero", Path("zero.py").c_str()), 0);
  EXPECT_EQ(ReadSourceText(Path("zero.py")), std::nullopt);
  ASSERT_EQ(symlink("loop.py", Path("loop.py").c_str()), 0);
  EXPECT_EQ(ReadSourceText(Path("loop.py")), std::nullopt);
}

TEST_F(SourceTextTest, ReadsNoMoreThanASourceHas) {
  const std::string path = Write("large.py", "");
  ASSERT_EQ(truncate(path.c_str(), kMaxSourceBytes), 0);
  EXPECT_EQ(ReadSourceText(path)->size(), kMaxSourceBytes);
  ASSERT_EQ(truncate(path.c_str(), kMaxSourceBytes + 1), 0);
  EXPECT_EQ(ReadSourceText(path), std::nullopt);
  ASSERT_EQ(truncate(path.c_str(), off_t{5} << 40), 0);
  EXPECT_EQ(ReadSourceText(path), std::nullopt);
}

}  // namespace
}  // namespace heapgrind

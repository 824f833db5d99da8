#include "converter/files/output_file.h"

#include <dirent.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// Each test has an empty directory of its own.
class OutputFileTest : public testing::Test {
 protected:
  OutputFileTest() {
    std::string pattern = absl::StrCat(testing::TempDir(), "/output-XXXXXX");
    directory_ = mkdtemp(&pattern[0]);
  }

  std::string Path(const std::string& name) const {
    return absl::StrCat(directory_, "/", name);
  }

  std::vector<std::string> Files() const {
    std::vector<std::string> names;
    DIR* const directory = opendir(directory_.c_str());
    while (const dirent* entry = readdir(directory)) {
      const std::string name = entry->d_name;
      if (name != "." && name != "..") names.push_back(name);
    }
    closedir(directory);
    std::sort(names.begin(), names.end());
    return names;
  }

  std::string directory_;
};

std::string Content(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

// Creates and writes `path`; returns how it ended.
absl::Status WriteTo(const std::string& path, const std::string& text) {
  absl::StatusOr<std::unique_ptr<OutputFile>> file = OutputFile::Create(path);
  if (!file.ok()) return file.status();
  (*file)->Append(text);
  return (*file)->Commit();
}

// Standard output is another file while this lives.
class StandardOutput {
 public:
  explicit StandardOutput(int descriptor) : saved_(dup(STDOUT_FILENO)) {
    fflush(stdout);
    dup2(descriptor, STDOUT_FILENO);
    close(descriptor);
  }
  ~StandardOutput() {
    dup2(saved_, STDOUT_FILENO);
    close(saved_);
  }

 private:
  const int saved_;
};

TEST_F(OutputFileTest, WritesTextAndNumbers) {
  absl::StatusOr<std::unique_ptr<OutputFile>> file =
      OutputFile::Create(Path("out"));
  ASSERT_TRUE(file.ok()) << file.status();
  (*file)->Append("fn=(");
  (*file)->AppendNumber(0);
  (*file)->Append(") ");
  (*file)->AppendNumber(std::numeric_limits<uint64_t>::max());
  (*file)->Append(absl::string_view("\0\n", 2));
  EXPECT_EQ((*file)->Commit(), absl::OkStatus());
  EXPECT_EQ(Content(Path("out")),
            std::string("fn=(0) 18446744073709551615\0\n", 29));
  EXPECT_THAT(Files(), ElementsAre("out"));
}

TEST_F(OutputFileTest, WritesMoreThanItsBufferHolds) {
  std::string expected;
  absl::StatusOr<std::unique_ptr<OutputFile>> file =
      OutputFile::Create(Path("out"));
  ASSERT_TRUE(file.ok()) << file.status();
  for (const size_t size :
       {1, 1 << 19, 1 << 20, 3, (1 << 20) - 1, 3 << 20, 7}) {
    const std::string text(size, static_cast<char>('a' + size % 26));
    (*file)->Append(text);
    expected += text;
  }
  EXPECT_EQ((*file)->Commit(), absl::OkStatus());
  EXPECT_TRUE(Content(Path("out")) == expected);
}

TEST_F(OutputFileTest, LeavesTheOldFileUntilCommit) {
  ASSERT_EQ(WriteTo(Path("out"), "old"), absl::OkStatus());
  absl::StatusOr<std::unique_ptr<OutputFile>> file =
      OutputFile::Create(Path("out"));
  ASSERT_TRUE(file.ok()) << file.status();
  (*file)->Append(std::string(3 << 20, 'x'));
  EXPECT_EQ(Content(Path("out")), "old");
  EXPECT_THAT(Files(), ElementsAre(StartsWith(".heapgrind-tmp-"), "out"));
  EXPECT_EQ((*file)->Commit(), absl::OkStatus());
  EXPECT_TRUE(Content(Path("out")) == std::string(3 << 20, 'x'));
  EXPECT_THAT(Files(), ElementsAre("out"));
}

TEST_F(OutputFileTest, LeavesNothingWithoutCommit) {
  {
    absl::StatusOr<std::unique_ptr<OutputFile>> file =
        OutputFile::Create(Path("out"));
    ASSERT_TRUE(file.ok()) << file.status();
    (*file)->Append("half");
  }
  EXPECT_THAT(Files(), IsEmpty());
}

TEST_F(OutputFileTest, WritesTwoFilesAtOnce) {
  absl::StatusOr<std::unique_ptr<OutputFile>> first =
      OutputFile::Create(Path("first"));
  absl::StatusOr<std::unique_ptr<OutputFile>> second =
      OutputFile::Create(Path("second"));
  (*first)->Append("1");
  (*second)->Append("2");
  EXPECT_EQ((*first)->Commit(), absl::OkStatus());
  EXPECT_EQ((*second)->Commit(), absl::OkStatus());
  EXPECT_EQ(Content(Path("first")), "1");
  EXPECT_EQ(Content(Path("second")), "2");
}

TEST_F(OutputFileTest, GivesTheFileTheModeOfANewFile) {
  const mode_t mask = umask(027);
  const absl::Status status = WriteTo(Path("out"), "text");
  umask(mask);
  ASSERT_EQ(status, absl::OkStatus());
  struct stat file;
  ASSERT_EQ(stat(Path("out").c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 07777, 0640u);
}

TEST_F(OutputFileTest, WritesTheFileThatALinkLeadsTo) {
  ASSERT_EQ(WriteTo(Path("target"), "old"), absl::OkStatus());
  ASSERT_EQ(symlink("target", Path("link").c_str()), 0);
  EXPECT_EQ(WriteTo(Path("link"), "new"), absl::OkStatus());
  EXPECT_EQ(Content(Path("target")), "new");
  struct stat link;
  ASSERT_EQ(lstat(Path("link").c_str(), &link), 0);
  EXPECT_TRUE(S_ISLNK(link.st_mode));
}

TEST_F(OutputFileTest, RefusesWhatCannotBeWritten) {
  EXPECT_EQ(WriteTo(directory_, "text"),
            absl::InvalidArgumentError(absl::StrCat(
                directory_, ": expected a file to write, got a directory")));
  EXPECT_EQ(WriteTo(Path("no/out"), "text"),
            absl::UnavailableError(
                absl::StrCat(Path("no/out"),
                             ": expected a file to write, got \"No such "
                             "file or directory\"")));
  EXPECT_EQ(WriteTo("/proc/out", "text"),
            absl::UnavailableError("/proc/out: expected a file to write, got "
                                   "\"No such file or directory\""));
  EXPECT_THAT(Files(), IsEmpty());
}

TEST_F(OutputFileTest, TellsThatThereIsNoSpace) {
  const absl::Status no_space = absl::UnavailableError(
      "/dev/full: expected space for the output, got \"No space left on "
      "device\"");
  EXPECT_EQ(WriteTo("/dev/full", "text"), no_space);
  absl::StatusOr<std::unique_ptr<OutputFile>> file =
      OutputFile::Create("/dev/full");
  (*file)->Append(std::string(2 << 20, 'x'));
  EXPECT_EQ((*file)->status(), no_space);
  (*file)->Append("more");
  EXPECT_EQ((*file)->Commit(), no_space);
}

TEST_F(OutputFileTest, KeepsTheOldFileWhenThereIsNoSpace) {
  ASSERT_EQ(WriteTo(Path("out"), "old"), absl::OkStatus());
  struct rlimit old_limit;
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &old_limit), 0);
  struct rlimit limit = old_limit;
  limit.rlim_cur = 1000;  // Bytes.
  const auto handler = signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &limit);
  const absl::Status status = WriteTo(Path("out"), std::string(2000, 'x'));
  setrlimit(RLIMIT_FSIZE, &old_limit);
  signal(SIGXFSZ, handler);
  EXPECT_EQ(status, absl::UnavailableError(
                        absl::StrCat(Path("out"),
                                     ": expected space for the output, got "
                                     "\"File too large\"")));
  EXPECT_EQ(Content(Path("out")), "old");
  EXPECT_THAT(Files(), ElementsAre("out"));
}

TEST_F(OutputFileTest, WritesStandardOutput) {
  {
    StandardOutput output(
        open(Path("captured").c_str(), O_WRONLY | O_CREAT, 0666));
    EXPECT_EQ(WriteTo("", "one "), absl::OkStatus());
    EXPECT_EQ(WriteTo("-", "two"), absl::OkStatus());
  }
  EXPECT_EQ(Content(Path("captured")), "one two");
}

TEST_F(OutputFileTest, TellsThatThePipeIsClosed) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  close(ends[0]);
  const auto handler = signal(SIGPIPE, SIG_IGN);
  absl::Status status;
  {
    StandardOutput output(ends[1]);
    status = WriteTo("", "text");
  }
  signal(SIGPIPE, handler);
  EXPECT_EQ(status, absl::CancelledError(
                        "<stdout>: expected a reader, got a closed pipe"));
}

}  // namespace
}  // namespace heapgrind

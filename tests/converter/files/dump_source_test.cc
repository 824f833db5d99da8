#include "converter/files/dump_source.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/converter/support/gzip_text.h"
#include "tests/converter/support/zstd_text.h"

namespace heapgrind {
namespace {

// Writes a file of this test and returns its path.
std::string WriteFile(const std::string& name, const std::string& bytes) {
  const std::string path = absl::StrCat(testing::TempDir(), "/", name);
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

std::string ReadAll(ByteSource* source) {
  std::string text;
  char buffer[3];
  for (;;) {
    const absl::StatusOr<size_t> count = source->Read(buffer, sizeof buffer);
    if (!count.ok()) return std::string(count.status().message());
    if (*count == 0) return text;
    text.append(buffer, *count);
  }
}

// What the dump at `path` holds, or the message of the error.
std::string Content(const std::string& path) {
  absl::StatusOr<std::unique_ptr<ByteSource>> source = OpenDumpSource(path);
  return source.ok() ? ReadAll(source->get())
                     : std::string(source.status().message());
}

// Standard input is another file while this lives.
class StandardInput {
 public:
  explicit StandardInput(int descriptor) : saved_(dup(STDIN_FILENO)) {
    dup2(descriptor, STDIN_FILENO);
    close(descriptor);
  }
  ~StandardInput() {
    dup2(saved_, STDIN_FILENO);
    close(saved_);
  }

 private:
  const int saved_;
};

// The reading end of a pipe that holds `bytes`.
int PipeWith(const std::string& bytes) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  EXPECT_EQ(write(ends[1], bytes.data(), bytes.size()),
            static_cast<ssize_t>(bytes.size()));
  close(ends[1]);
  return ends[0];
}

TEST(DumpSourceTest, ReadsAPlainFile) {
  const std::string path = WriteFile("plain", "hello, world");
  EXPECT_EQ(Content(path), "hello, world");
  absl::StatusOr<std::unique_ptr<ByteSource>> source = OpenDumpSource(path);
  ASSERT_TRUE(source.ok());
  EXPECT_EQ((*source)->total_size(), 12u);
  char buffer[4];
  EXPECT_EQ(*(*source)->Read(buffer, 4), 4u);  // Those that were looked at.
  EXPECT_EQ((*source)->position(), 4u);
}

TEST(DumpSourceTest, ReadsAFileOfOneByte) {
  EXPECT_EQ(Content(WriteFile("one", "x")), "x");
}

TEST(DumpSourceTest, ReadsACompressedFileWhateverItsName) {
  EXPECT_EQ(Content(WriteFile("compressed.json", GzipText("hello"))), "hello");
  EXPECT_EQ(Content(WriteFile("zstd.json", ZstdText("hello"))), "hello");
}

TEST(DumpSourceTest, ReadsStandardInput) {
  {
    StandardInput input(PipeWith("plain text"));
    EXPECT_EQ(Content("-"), "plain text");
  }
  StandardInput input(PipeWith(GzipText("compressed text")));
  EXPECT_EQ(Content("-"), "compressed text");
}

TEST(DumpSourceTest, KnowsTheSizeOfAFileOnStandardInput) {
  const int descriptor =
      open(WriteFile("input", "0123456789").c_str(), O_RDONLY);
  lseek(descriptor, 4, SEEK_SET);
  StandardInput input(descriptor);
  absl::StatusOr<std::unique_ptr<ByteSource>> source = OpenDumpSource("-");
  ASSERT_TRUE(source.ok());
  EXPECT_EQ((*source)->total_size(), 6u);
  EXPECT_EQ(ReadAll(source->get()), "456789");
}

TEST(DumpSourceTest, DoesNotKnowTheSizeOfAPipe) {
  StandardInput input(PipeWith("text"));
  absl::StatusOr<std::unique_ptr<ByteSource>> source = OpenDumpSource("-");
  ASSERT_TRUE(source.ok());
  EXPECT_EQ((*source)->total_size(), 0u);
}

TEST(DumpSourceTest, RefusesWhatIsNoFileWithBytes) {
  EXPECT_EQ(Content("no/such/file"),
            "no/such/file: expected a heap dump, got no such file");
  EXPECT_EQ(Content("/"), "/: expected a heap dump, got a directory");
  EXPECT_EQ(Content("/dev/null/x"),
            "/dev/null/x: expected a heap dump, got \"Not a directory\"");
  EXPECT_EQ(Content("/dev/null"),
            "/dev/null: expected a heap dump, got an empty file");
  StandardInput input(PipeWith(""));
  EXPECT_EQ(Content("-"), "<stdin>: expected a heap dump, got an empty file");
}

TEST(DumpSourceTest, RefusesAFileThatCannotBeRead) {
  EXPECT_EQ(Content("/proc/self/mem"),
            "/proc/self/mem: expected a heap dump, got \"Input/output error\"");
}

TEST(DumpSourceTest, RefusesADirectoryOnStandardInput) {
  StandardInput input(open("/", O_RDONLY));
  EXPECT_EQ(Content("-"), "<stdin>: expected a heap dump, got a directory");
}

}  // namespace
}  // namespace heapgrind

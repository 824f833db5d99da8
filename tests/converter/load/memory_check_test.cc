// Tests when a dump is refused for want of memory, and what is said.

#include "converter/load/memory_check.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/converter/support/gzip_text.h"

namespace heapgrind {
namespace {

std::string WriteFile(const std::string& name, const std::string& content) {
  const std::string path = testing::TempDir() + name;
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

// A dump of 100 000 tuples of three references.
std::string TuplesText() {
  std::string text;
  for (int i = 0; i < 100000; ++i) {
    absl::StrAppend(&text, "{\"address\": ", 100000 + i,
                    ", \"type\": \"tuple\", \"size\": 64, \"refs\": [100000, "
                    "100001, 100002]}\n");
  }
  return text;
}

MemoryLimit Of(uint64_t bytes) { return {bytes, "--max-memory", true}; }

// Without the path.
std::string MessageOf(const std::string& path, const MemoryUse& use,
                      uint64_t bytes) {
  const std::string message(CheckMemory(path, use, Of(bytes)).message());
  return message.substr(std::min(path.size(), message.size()));
}

TEST(MemoryCheckTest, DumpThatDoesNotFitIsRefused) {
  const std::string path = WriteFile("tuples.json", TuplesText());
  const absl::Status status = CheckMemory(path, {}, Of(16000000));
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(MessageOf(path, {}, 16000000),
            ": expected about 16 MiB of memory for 100000 objects (reading 14 "
            "MiB, finding owners 16 MiB, building the profile 16 MiB), got 15 "
            "MiB: --max-memory\n"
            "hint: a dump with a small max_refs=N saves about 1 MiB\n"
            "hint: --max-memory=17M tries all the same");
  EXPECT_TRUE(CheckMemory(path, {}, Of(17 << 20)).ok());
}

TEST(MemoryCheckTest, WhatTheUserAskedForCanBeSaved) {
  const std::string path = WriteFile("tuples.json", TuplesText());
  const std::string message = MessageOf(path, {true, 4}, 15000000);
  EXPECT_NE(message.find("\nhint: no --events and --process saves about 1 MiB"),
            std::string::npos)
      << message;
  EXPECT_NE(message.find("\nhint: --threads=1 saves about 9 MiB"),
            std::string::npos)
      << message;
}

TEST(MemoryCheckTest, TextOfADumpCanBeLeftOut) {
  std::string text;
  for (int i = 0; i < 20000; ++i) {
    absl::StrAppend(&text, "{\"address\": ", 100000 + i,
                    ", \"type\": \"str\", \"size\": 1000, \"value\": \"",
                    std::string(900, ' '), "\", \"refs\": []}\n");
  }
  const std::string message =
      MessageOf(WriteFile("texts.json", text), {}, 20000000);
  EXPECT_NE(message.find("\nhint: a dump with values=\"none\", or heapgrind "
                         "strip, saves about 17 MiB"),
            std::string::npos)
      << message;
}

TEST(MemoryCheckTest, CompressedDumpIsRefused) {
  const std::string path = WriteFile("tuples.json.gz", GzipText(TuplesText()));
  EXPECT_EQ(CheckMemory(path, {}, Of(12000000)).code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(CheckMemory(path, {}, Of(40000000)).ok());
}

TEST(MemoryCheckTest, WhatIsNoDumpPasses) {
  EXPECT_TRUE(CheckMemory(testing::TempDir() + "absent", {}, Of(1)).ok());
  EXPECT_TRUE(CheckMemory(WriteFile("empty", ""), {}, Of(1)).ok());
  EXPECT_TRUE(CheckMemory(WriteFile("text", "no dump\n"), {}, Of(1)).ok());
}

TEST(MemoryCheckTest, UnknownSizePassesUnlessALimitIsAskedFor) {
  EXPECT_TRUE(CheckMemory("-", {}, {1, "a limit", false}).ok());
  const absl::Status status = CheckMemory("-", {}, Of(1));
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(),
            "<stdin>: expected a file with --max-memory, got something whose "
            "size is not known before it is read");
}

// A folder with the files of a kernel.
class MemoryLimitTest : public testing::Test {
 protected:
  MemoryLimitTest() {
    std::string folder = testing::TempDir() + "kernel.XXXXXX";
    root_ = mkdtemp(folder.data());
    for (const char* name :
         {"/proc", "/proc/self", "/sys", "/sys/fs", "/sys/fs/cgroup",
          "/sys/fs/cgroup/a", "/sys/fs/cgroup/a/b", "/sys/fs/cgroup/memory",
          "/sys/fs/cgroup/memory/a"}) {
      mkdir((root_ + name).c_str(), 0700);
    }
  }

  void Write(const std::string& name, const std::string& content) {
    std::ofstream(root_ + name) << content;
  }

  std::string root_;
};

TEST_F(MemoryLimitTest, NoFilesSetNone) {
  EXPECT_EQ(FindMemoryLimit(root_).bytes, UINT64_MAX);
}

TEST_F(MemoryLimitTest, MachineHasWhatIsAvailable) {
  Write("/proc/meminfo", "MemTotal:  900 kB\nMemAvailable:   500 kB\n");
  EXPECT_EQ(FindMemoryLimit(root_).bytes, 500u * 1024);
  EXPECT_EQ(FindMemoryLimit(root_).reason, "the free memory of this machine");
}

TEST_F(MemoryLimitTest, GroupAboveLimits) {
  Write("/proc/meminfo", "MemAvailable:   5000 kB\n");
  Write("/proc/self/cgroup", "0::/a/b\n");
  Write("/sys/fs/cgroup/a/b/memory.max", "max\n");
  Write("/sys/fs/cgroup/a/b/memory.current", "70000\n");
  Write("/sys/fs/cgroup/a/memory.max", "100000\n");
  Write("/sys/fs/cgroup/a/memory.current", "70000\n");
  Write("/sys/fs/cgroup/a/memory.stat",
        "anon 1\ninactive_file 20000\nactive_file 3000\n");
  EXPECT_EQ(FindMemoryLimit(root_).bytes, 53000u);
  EXPECT_EQ(FindMemoryLimit(root_).reason, "the limit of the control group");
}

TEST_F(MemoryLimitTest, GroupsOfVersionOneLimit) {
  Write("/proc/self/cgroup", "5:cpu:/\n4:memory:/a\n");
  Write("/sys/fs/cgroup/memory/a/memory.limit_in_bytes", "100000\n");
  Write("/sys/fs/cgroup/memory/a/memory.usage_in_bytes", "130000\n");
  EXPECT_EQ(FindMemoryLimit(root_).bytes, 0u);
}

TEST_F(MemoryLimitTest, AddressSpaceLimits) {
  Write("/proc/self/statm", "10 5 3 1 0 2 0\n");
  struct rlimit before;
  ASSERT_EQ(getrlimit(RLIMIT_AS, &before), 0);
  struct rlimit small = before;
  small.rlim_cur = uint64_t{1} << 46;
  if (setrlimit(RLIMIT_AS, &small) != 0) GTEST_SKIP() << "a lower limit stands";
  const MemoryLimit limit = FindMemoryLimit(root_);
  ASSERT_EQ(setrlimit(RLIMIT_AS, &before), 0);
  EXPECT_EQ(limit.bytes, (uint64_t{1} << 46) - 10 * 4096);
  EXPECT_EQ(limit.reason, "the limit of address space (ulimit -v)");
}

}  // namespace
}  // namespace heapgrind

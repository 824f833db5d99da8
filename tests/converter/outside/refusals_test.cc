#include "converter/outside/refusals.h"

#include <gtest/gtest.h>

namespace heapgrind {
namespace {

constexpr char kMemory[] =
    "MemTotal:       16000000 kB\n"
    "CommitLimit:       10240 kB\n"
    "Committed_AS:       4096 kB\n";

MemoryMap MapOf(uint64_t megabytes, const char* access) {
  char line[100];
  snprintf(line, sizeof line, "100000-%llx %s 00000000 00:00 0\n",
           static_cast<unsigned long long>(0x100000 + (megabytes << 20)),
           access);
  return ParseMaps(line);
}

TEST(CommitLimitTest, ForkOfMoreThanIsLeftIsRefused) {
  const absl::Status status =
      CheckCommitLimit("2\n", kMemory, MapOf(7, "rw-p"));
  EXPECT_EQ(status.message(),
            "expected 7 MiB that vm.overcommit_memory=2 lets a fork have, got "
            "6 MiB\nhint: sysctl vm.overcommit_memory=0, for a while; the copy "
            "shares nearly all");
}

TEST(CommitLimitTest, ForkOfLessIsNot) {
  EXPECT_TRUE(CheckCommitLimit("2\n", kMemory, MapOf(6, "rw-p")).ok());
}

TEST(CommitLimitTest, SharedAndReadOnlyMemoryCostsNothing) {
  EXPECT_TRUE(CheckCommitLimit("2\n", kMemory, MapOf(70, "rw-s")).ok());
  EXPECT_TRUE(CheckCommitLimit("2\n", kMemory, MapOf(70, "r-xp")).ok());
}

TEST(CommitLimitTest, KernelsThatOvercommitHaveNoLimit) {
  EXPECT_TRUE(CheckCommitLimit("0\n", kMemory, MapOf(70, "rw-p")).ok());
  EXPECT_TRUE(CheckCommitLimit("1\n", kMemory, MapOf(70, "rw-p")).ok());
}

TEST(RoomInCgroupTest, FilesCountAsFree) {
  EXPECT_EQ(RoomInCgroup("1000\n", "900\n",
                         "anon 500\ninactive_file 200\n"
                         "active_file 100\n"),
            400u);
}

TEST(RoomInCgroupTest, FullGroupHasNone) {
  EXPECT_EQ(RoomInCgroup("1000\n", "1200\n", ""), 0u);
}

TEST(RoomInCgroupTest, GroupWithoutALimitHasAll) {
  EXPECT_EQ(RoomInCgroup("max\n", "900\n", ""), UINT64_MAX);
  EXPECT_EQ(RoomInCgroup("", "", ""), UINT64_MAX);
}

}  // namespace
}  // namespace heapgrind

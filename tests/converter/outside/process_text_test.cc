// What /proc says of a process, as text.

#include <gtest/gtest.h>
#include <sys/mman.h>

#include "converter/outside/memory_map.h"
#include "converter/outside/process_status.h"

namespace heapgrind {
namespace {

TEST(ProcessStatusTest, ReadsWhatAContainersProcessSays) {
  const ProcessStatus status = ParseStatus(
      "Name:\tpython3 (State: Z)\nState:\tS "
      "(sleeping)\nTgid:\t4711\nPid:\t4711\n"
      "TracerPid:\t12\nUid:\t1000\t1001\t1000\t1000\nNSpid:\t4711\t77\t1\n"
      "VmSize:\t  100 kB\nVmRSS:\t   20 kB\nVmSwap:\t    3 kB\nVmPTE:\t  4 kB\n"
      "Seccomp:\t2\nSigPnd:\t0000000000000000\nShdPnd:\t0000000000010003\n"
      "SigBlk:\t0000000000000001\nSigCgt:\t0000000000000003\n"
      "x86_Thread_features:\tshstk \n");
  EXPECT_EQ(status.state, 'S');
  EXPECT_EQ(status.process, 4711);
  EXPECT_EQ(status.tracer, 12);
  EXPECT_EQ(status.user, 1001u);
  EXPECT_EQ(status.innermost_pid, 1);
  EXPECT_TRUE(status.has_memory);
  EXPECT_EQ(status.rss, 20480u);
  EXPECT_EQ(status.swap, 3072u);
  EXPECT_EQ(status.page_tables, 4096u);
  EXPECT_EQ(status.seccomp, 2);
  EXPECT_EQ(status.waiting_signals, 2u);
  EXPECT_TRUE(status.has_shadow_stack);
}

TEST(ProcessStatusTest, NothingIsAProcessThatIsNoMore) {
  const ProcessStatus status = ParseStatus("");
  EXPECT_EQ(status.state, 'X');
  EXPECT_FALSE(status.has_memory);
}

TEST(ProcessStatusTest, OldKernelsHaveNoNumbersOfNamespaces) {
  EXPECT_EQ(ParseStatus("Pid:\t12\nPPid:\t3\n").innermost_pid, 12);
}

constexpr char kMaps[] =
    "00400000-00401000 r-xp 00000000 08:01 12                 /usr/bin/a b\n"
    "00601000-00602000 rw-s 00001000 08:01 12                 /usr/bin/a b\n"
    "nonsense\n"
    "7f0000000000-7f0000002000 ---p 00000000 00:00 0 \n"
    "7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0          [stack]\n";

TEST(MemoryMapTest, ReadsEachMapping) {
  const MemoryMap map = ParseMaps(kMaps);
  ASSERT_EQ(map.size(), 4u);
  EXPECT_EQ(map[0].start, 0x400000u);
  EXPECT_EQ(map[0].end, 0x401000u);
  EXPECT_EQ(map[0].protection, static_cast<uint32_t>(PROT_READ | PROT_EXEC));
  EXPECT_FALSE(map[0].is_shared);
  EXPECT_EQ(map[0].inode, 12u);
  EXPECT_EQ(map[0].path, "/usr/bin/a b");
  EXPECT_TRUE(map[1].is_shared);
  EXPECT_EQ(map[1].offset, 0x1000u);
  EXPECT_EQ(map[2].protection, 0u);
  EXPECT_EQ(map[2].path, "");
  EXPECT_EQ(map[3].path, "[stack]");
}

TEST(MemoryMapTest, FindsTheMappingOfAnAddress) {
  const MemoryMap map = ParseMaps(kMaps);
  EXPECT_EQ(FindMapping(map, 0x3fffff), nullptr);
  EXPECT_EQ(FindMapping(map, 0x400000), &map[0]);
  EXPECT_EQ(FindMapping(map, 0x400fff), &map[0]);
  EXPECT_EQ(FindMapping(map, 0x401000), nullptr);
  EXPECT_EQ(FindMapping(map, 0x7ffc00020fff), &map[3]);
  EXPECT_EQ(FindMapping(map, ~uint64_t{0}), nullptr);
}

}  // namespace
}  // namespace heapgrind

#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // syscall, CLONE_UNTRACED
#endif
#include "scan/forked_copy.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>

namespace heapgrind {
namespace {

// clone(2) with no memory in common and all else the same; 0 in the copy.
pid_t Clone(long flags) {
  return static_cast<pid_t>(
      syscall(SYS_clone, flags, nullptr, nullptr, nullptr, nullptr));
}

void CloseRange(unsigned first, unsigned last) {
  if (first > last) return;
#ifdef SYS_close_range
  if (syscall(SYS_close_range, first, last, 0) == 0) return;
#endif
  constexpr unsigned kMost = 1 << 16;  // Before Linux 5.9: those that may be.
  struct rlimit limit;
  const bool is_known = getrlimit(RLIMIT_NOFILE, &limit) == 0;
  const unsigned end = is_known && limit.rlim_cur < kMost
                           ? static_cast<unsigned>(limit.rlim_cur)
                           : kMost;
  for (unsigned fd = first; fd <= last && fd < end; ++fd) close(fd);
}

void CloseAllBut(DescriptorList kept) {
  std::sort(kept.descriptors, kept.descriptors + kept.count);
  unsigned first = 0;
  for (int i = 0; i < kept.count; ++i) {
    const unsigned descriptor = static_cast<unsigned>(kept.descriptors[i]);
    if (descriptor > 0) CloseRange(first, descriptor - 1);
    first = descriptor + 1;
  }
  CloseRange(first, UINT_MAX);
}

// All signals are blocked when this begins.
void ForgetHandlers() {
  static const int kDeadly[] = {SIGTERM, SIGSEGV, SIGBUS,
                                SIGILL,  SIGFPE,  SIGABRT};
  sigset_t deadly;
  sigemptyset(&deadly);
  for (int number : kDeadly) {
    struct sigaction action = {};
    action.sa_handler = SIG_DFL;
    sigaction(number, &action, nullptr);
    sigaddset(&deadly, number);
  }
  sigprocmask(SIG_UNBLOCK, &deadly, nullptr);
}

void WaitForOthers() {
  constexpr int kLessImportant = 5;  // nice(2)
  const int ignored = nice(kLessImportant);
  (void)ignored;
}

void BeKilledFirst() {
  const int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (fd < 0) return;
  const ssize_t unused = write(fd, "1000", 4);  // proc(5): kill this first.
  (void)unused;
  close(fd);
}

}  // namespace

pid_t ForkQuietly() {
  // Of its end no signal tells, and a debugger does not take it for a thread.
  const pid_t pid = Clone(CLONE_UNTRACED);
  if (pid >= 0 || errno != EINVAL) return pid;
  return Clone(SIGCHLD);  // qemu-user has no other; the kernel has.
}

void BecomeForkedCopy(const DescriptorList& kept, bool is_as_important) {
  ForgetHandlers();
  CloseAllBut(kept);
  prctl(PR_SET_NAME, "heapgrind");  // For ps and top.
  WaitForOthers();
  if (!is_as_important) BeKilledFirst();
}

int64_t CopiedBytes() {
  const int fd = open("/proc/self/smaps_rollup", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  char text[4096];
  size_t length = 0;
  while (length < sizeof text - 1) {
    const ssize_t count = read(fd, text + length, sizeof text - 1 - length);
    if (count <= 0) break;
    length += count;
  }
  close(fd);
  text[length] = '\0';
  static const char kKey[] = "Private_Dirty:";
  const char* digit = strstr(text, kKey);
  if (digit == nullptr) return -1;
  digit += sizeof kKey - 1;
  while (*digit == ' ') ++digit;
  int64_t kibibytes = 0;
  for (; *digit >= '0' && *digit <= '9'; ++digit) {
    kibibytes = 10 * kibibytes + (*digit - '0');
  }
  return kibibytes * 1024;
}

}  // namespace heapgrind

#include "converter/core/confinement.h"

#include <linux/audit.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstddef>
#include <iterator>

namespace heapgrind {
namespace {

constexpr uint32_t kFirstOfX32 = 0x40000000;  // __X32_SYSCALL_BIT.

// None opens, connects, sends a signal, or makes a process or thread.
constexpr uint32_t kAllowed[] = {
    SYS_read,         SYS_pread64,        SYS_write,        SYS_close,
    SYS_mmap,         SYS_munmap,         SYS_mremap,       SYS_madvise,
    SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sigaltstack,
    SYS_setitimer,    SYS_clock_gettime,  SYS_exit,         SYS_exit_group};

sock_filter Load(size_t offset) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<uint32_t>(offset));
}

sock_filter Return(uint32_t what) { return BPF_STMT(BPF_RET | BPF_K, what); }

}  // namespace

std::vector<sock_filter> ConfiningFilter() {
  std::vector<sock_filter> filter = {
      Load(offsetof(seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0),
      Return(SECCOMP_RET_KILL),
      Load(offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, kFirstOfX32, 0, 1),
      Return(SECCOMP_RET_KILL),
  };
  for (const uint32_t number : kAllowed) {
    filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1));
    filter.push_back(Return(SECCOMP_RET_ALLOW));
  }
  filter.push_back(Return(SECCOMP_RET_ERRNO | EPERM));
  return filter;
}

}  // namespace heapgrind

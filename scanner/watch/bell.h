// Wakes up a sleeping thread, also from the handler of a signal.

#ifndef HEAPGRIND_SCANNER_WATCH_BELL_H_
#define HEAPGRIND_SCANNER_WATCH_BELL_H_

#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdint>

namespace heapgrind {

// Has no file descriptor: a program may close all that it does not know.
class Bell {
 public:
  // May be called from a handler; changes errno.
  void Ring() {
    num_rings_.fetch_add(1);
    syscall(SYS_futex, &num_rings_, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
  }

  uint32_t num_rings() const { return num_rings_; }

  // Sleeps until it rings, unless it did since num_rings() was `heard`; at most
  // for `seconds`, or without an end if they are negative.
  void Sleep(uint32_t heard, double seconds) {
    const double most = std::min(seconds, 1e9);
    struct timespec time;
    time.tv_sec = static_cast<time_t>(most);
    time.tv_nsec = static_cast<long>((most - time.tv_sec) * 1e9);
    syscall(SYS_futex, &num_rings_, FUTEX_WAIT_PRIVATE, heard,
            seconds < 0 ? nullptr : &time, nullptr, 0);
  }

 private:
  std::atomic<uint32_t> num_rings_{0};
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_WATCH_BELL_H_

// Signals that wait, so that no handler of the program runs.

#ifndef HEAPGRIND_SCANNER_SCAN_WAITING_SIGNALS_H_
#define HEAPGRIND_SCANNER_SCAN_WAITING_SIGNALS_H_

#include <signal.h>

namespace heapgrind {

// While it lives, the thread takes none; threads and copies of the process that
// begin meanwhile never do, but for SIGKILL.
class WaitingSignals {
 public:
  WaitingSignals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old_);
  }
  WaitingSignals(const WaitingSignals&) = delete;
  WaitingSignals& operator=(const WaitingSignals&) = delete;
  ~WaitingSignals() {
    if (!for_ever_) pthread_sigmask(SIG_SETMASK, &old_, nullptr);
  }

  // For a copy of the process.
  void WaitForEver() { for_ever_ = true; }

 private:
  sigset_t old_;
  bool for_ever_ = false;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_SCAN_WAITING_SIGNALS_H_

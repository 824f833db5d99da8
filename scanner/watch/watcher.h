// Waits for what asks for a dump: a signal, the clock, memory that grows.
//
//     signal handler --futex--> thread --GIL--> callback
//
// The handler does nothing but wake the thread up.  So a dump does not need the
// main thread, which may sleep or be in C for long; and none of the program's
// functions is interrupted by Python code.  While nothing happens the thread
// sleeps: for ever, or a second each time where it watches memory; a tenth of
// that where there is little left of what a limit leaves.

#ifndef HEAPGRIND_SCANNER_WATCH_WATCHER_H_
#define HEAPGRIND_SCANNER_WATCH_WATCHER_H_

#include <cstddef>
#include <cstdint>

#include "cpython/compat.h"

namespace heapgrind {

constexpr size_t kMostShares = 8;

struct WatchSettings {
  int signal_number;        // 0: none.
  uint64_t resident_limit;  // Bytes; 0: none.
  double interval;          // Seconds between two calls; 0: none.
  // Of what limits the memory (process/memory_use.h), from 0 to 1.
  double limit_shares[kMostShares];
  size_t num_limit_shares;
};

// Begins to watch, for the rest of the process or until StopWatcher.  Calls
// `callback` with the reason: "signal", "every", "rss" or "limit".  What comes
// while it runs is not called for again.  "rss" is called when the limit is
// passed, "limit" when one of the shares is, and again only when memory was
// below nine tenths of it meanwhile.
//
// *is_signal_ours says whether the signal is watched: not if it had a handler
// or was ignored before.  Returns 0, or the errno of pthread_create(3) or
// sigaction(2); EALREADY if one watches already.  Wants the GIL.
int StartWatcher(const WatchSettings& settings, PyObject* callback,
                 bool* is_signal_ours);

// Ends it and waits for its thread, which may be calling; the signal gets its
// default action again, if it is still ours.  Wants the GIL and gives it up for
// a while.
void StopWatcher();

// Ends the thread for a while, in which the process forks: with one thread it
// does so better, and from 3.12 on Python warns of others.  Does nothing if the
// thread is calling.  What comes meanwhile is not lost.  Wants the GIL.
void PauseWatcher();

// Goes on after that, in the process that forked, and begins anew in the forked
// child.  Return 0 or the errno of pthread_create(3).  Want the GIL.
int ResumeWatcherInParent();
int ResumeWatcherInChild();

// True if the signal still wakes the watcher up: a program may have set a
// handler of its own.
bool OwnsSignal();

// Number of signals that came since the last call of the callback began.
unsigned TakeSignals();

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_WATCH_WATCHER_H_

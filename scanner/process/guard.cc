// What the functions of surroundings.h about a damaged heap are in the extension
// module: the heap is trusted, until a copy of the process follows the words of
// native memory.  They may lead to an object that has ended, and whose memory is
// another's by now; it looks like one, and refers to anything.

#include <setjmp.h>
#include <signal.h>

#include <cstdlib>

#include "surroundings.h"

namespace {

bool is_doubted = false;
volatile sig_atomic_t is_guarded = 0;
sigjmp_buf place;  // Where hg_guard goes on.

[[noreturn]] void Leave(hg_outcome why) {
  is_guarded = 0;
  siglongjmp(place, why);
}

// Outside of hg_guard the fault comes again, and ends the process.
void CatchFault(int number) {
  if (is_guarded) Leave(HG_UNREADABLE);
  signal(number, SIG_DFL);
}

}  // namespace

int hg_trusts_heap(void) { return !is_doubted; }

// The mask of signals is never changed, so that hg_guard makes no system call.
void hg_doubt_heap(void) {
  struct sigaction action = {};
  action.sa_handler = CatchFault;
  action.sa_flags = SA_NODEFER;
  sigaction(SIGSEGV, &action, nullptr);
  sigaction(SIGBUS, &action, nullptr);
  is_doubted = true;
}

hg_outcome hg_guard(void (*run)(void* context), void* context) {
  if (!is_doubted) {
    run(context);
    return HG_DONE;
  }
  switch (sigsetjmp(place, 0)) {
    case HG_DAMAGED:
      return HG_DAMAGED;
    case HG_UNREADABLE:
      return HG_UNREADABLE;
  }
  is_guarded = 1;
  run(context);
  is_guarded = 0;
  return HG_DONE;
}

void hg_give_up(void) {
  if (!is_guarded) abort();
  Leave(HG_DAMAGED);
}

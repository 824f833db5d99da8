// What the functions of surroundings.h about a damaged heap are in the
// extension module: the heap is trusted, until a copy of the process follows
// the words of native memory.  They may lead to an object that has ended, and
// whose memory is another's by now; it looks like one, and refers to anything:
// to where nothing is mapped, or in a circle.  blob/guard.c does the same for
// what is made from outside.

#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/time.h>

#include <algorithm>
#include <cstdlib>

#include "surroundings.h"

namespace {

constexpr suseconds_t kTickMicroseconds = 10000;
constexpr int kMostTicks = 200;
constexpr int kFewestTicks = 4;

bool is_doubted = false;
uint64_t most_references = UINT64_MAX;
volatile sig_atomic_t is_guarded = 0;
sigjmp_buf place;  // Where hg_guard goes on.
volatile unsigned long progress, seen_progress;
volatile int num_ticks;
int patience = kMostTicks;  // In ticks; halved whenever it was not enough.

[[noreturn]] void Leave(hg_outcome why) {
  is_guarded = 0;
  siglongjmp(place, why);
}

// Outside of hg_guard the fault comes again, and ends the process.
void CatchFault(int number) {
  if (is_guarded) Leave(HG_UNREADABLE);
  signal(number, SIG_DFL);
}

// A tick is the processor's: a pipe that nobody reads from costs none.
void CatchTick(int) {
  if (!is_guarded || progress != seen_progress) {
    seen_progress = progress;
    num_ticks = 0;
    return;
  }
  const int num_in_a_row = num_ticks + 1;
  num_ticks = num_in_a_row;
  if (num_in_a_row < patience) return;
  patience = std::max(patience / 2, kFewestTicks);
  Leave(HG_UNENDING);
}

void SetHandler(int number, void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  action.sa_flags = SA_NODEFER | SA_RESTART;
  sigaction(number, &action, nullptr);
}

// A copy of a process has none of its timers, and has blocked the signal.
void BeginTicks() {
  SetHandler(SIGPROF, CatchTick);
  sigset_t ticks;
  sigemptyset(&ticks);
  sigaddset(&ticks, SIGPROF);
  sigprocmask(SIG_UNBLOCK, &ticks, nullptr);
  const struct itimerval tick = {{0, kTickMicroseconds},
                                 {0, kTickMicroseconds}};
  setitimer(ITIMER_PROF, &tick, nullptr);
}

int AddReadable(const hg_mapping* mapping, void* bytes) {
  if ((mapping->protection & PROT_READ) != 0) {
    *static_cast<uint64_t*>(bytes) += mapping->end - mapping->start;
  }
  return 0;
}

}  // namespace

int hg_trusts_heap(void) { return !is_doubted; }

// The mask of signals is never changed, so that hg_guard makes no system call.
void hg_doubt_heap(void) {
  SetHandler(SIGSEGV, CatchFault);
  SetHandler(SIGBUS, CatchFault);
  BeginTicks();
  uint64_t readable_bytes = 0;
  if (hg_visit_mappings(AddReadable, &readable_bytes) != 0) {
    most_references = readable_bytes / sizeof(void*);
  }
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
    case HG_UNENDING:
      return HG_UNENDING;
  }
  num_ticks = 0;
  hg_note_progress();
  is_guarded = 1;
  run(context);
  is_guarded = 0;
  return HG_DONE;
}

void hg_note_progress(void) {
  if (is_doubted) progress = progress + 1;
}

uint64_t hg_most_references(void) { return most_references; }

void hg_give_up(void) {
  if (!is_guarded) abort();
  Leave(HG_DAMAGED);
}

/* What a damaged heap leads to: faults, and loops without an end.

   hg_guard runs a function; a fault, or no progress for some time of the
   processor, ends it there and then.  The function holds nothing that would
   have to be given back. */

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>

#include "blob/input.h"
#include "surroundings.h"

/* sigaction as the kernel has it: Linux, include/linux/signal_types.h. */
typedef struct {
  void (*handler)(int number);
  unsigned long flags;
  void (*restorer)(void);
  uint64_t mask;
} kernel_action;

enum {
  kRestorer = 0x04000000, /* SA_RESTORER */
  kTickMicroseconds = 10000,
  kMostTicks = 200,
  kFewestTicks = 4,
  kTicksOfWord = 10,
  kLongestWait = 2, /* Seconds. */
  kStackBytes = 1 << 16,
};

static char signal_stack[kStackBytes];

static void *place[5]; /* Where hg_guard goes on. */
static volatile int is_guarded;
static volatile hg_outcome outcome;
static volatile unsigned long progress, seen_progress;
static volatile int num_ticks;
static int num_ticks_alive;       /* With progress, since that was said. */
static int patience = kMostTicks; /* Halved whenever it was not enough. */

int hg_trusts_heap(void) { return 0; }
void hg_doubt_heap(void) {}

void hg_note_progress(void) { ++progress; }

__attribute__((noreturn)) static void leave(hg_outcome why) {
  outcome = why;
  is_guarded = 0;
  __builtin_longjmp(place, 1);
}

__attribute__((noreturn)) void hg_give_up(void) {
  if (!is_guarded) hg_refuse("a structure of the interpreter is damaged");
  leave(HG_DAMAGED);
}

static void catch_fault(int number) {
  (void)number;
  if (!is_guarded) hg_refuse("a structure of the interpreter cannot be read");
  leave(HG_UNREADABLE);
}

/* What is looked at for long without a record is no reason to give up. */
static void say_that_it_goes_on(void) {
  if (progress == seen_progress || ++num_ticks_alive < kTicksOfWord) return;
  num_ticks_alive = 0;
  hg_call(SYS_write, hg_input->message_fd, (long)"", 1, 0, 0, 0);
}

/* A tick is the processor's: a pipe that nobody reads from costs none. */
static void catch_tick(int number) {
  (void)number;
  say_that_it_goes_on();
  if (!is_guarded || progress != seen_progress) {
    seen_progress = progress;
    num_ticks = 0;
    return;
  }
  if (++num_ticks < patience) return;
  patience = patience / 2 > kFewestTicks ? patience / 2 : kFewestTicks;
  leave(HG_UNENDING);
}

__attribute__((noinline)) hg_outcome hg_guard(void (*run)(void *context),
                                              void *context) {
  if (__builtin_setjmp(place) != 0) return outcome;
  num_ticks = 0;
  ++progress;
  is_guarded = 1;
  run(context);
  is_guarded = 0;
  return HG_DONE;
}

static void catch_alarm(int number) {
  (void)number;
  if (is_guarded) leave(HG_UNREADABLE);
}

static void set_alarm(long seconds) {
  const struct itimerval alarm = {{0, 0}, {seconds, 0}};
  hg_call(SYS_setitimer, ITIMER_REAL, (long)&alarm, 0, 0, 0, 0);
}

hg_outcome hg_guard_in_time(void (*run)(void *context), void *context) {
  set_alarm(kLongestWait);
  const hg_outcome result = hg_guard(run, context);
  set_alarm(0);
  return result;
}

__attribute__((naked)) static void return_from_signal(void) {
  __asm__("mov $15, %eax\n\tsyscall"); /* rt_sigreturn */
}

static void set_handler(int number, void (*handler)(int)) {
  const kernel_action action = {
      handler, SA_ONSTACK | SA_NODEFER | SA_RESTART | (unsigned long)kRestorer,
      return_from_signal, 0};
  hg_call(SYS_rt_sigaction, number, (long)&action, 0, sizeof action.mask, 0, 0);
}

void hg_catch_faults(void) {
  static const int kFaults[] = {SIGSEGV, SIGBUS,  SIGFPE,
                                SIGILL,  SIGABRT, SIGTRAP};
  uint64_t blocked = ~(uint64_t)0;
  stack_t stack;
  memset(&stack, 0, sizeof stack);
  stack.ss_sp = signal_stack;
  stack.ss_size = sizeof signal_stack;
  hg_call(SYS_sigaltstack, (long)&stack, 0, 0, 0, 0, 0);
  for (size_t i = 0; i < sizeof kFaults / sizeof kFaults[0]; ++i) {
    set_handler(kFaults[i], catch_fault);
    blocked &= ~((uint64_t)1 << (kFaults[i] - 1));
  }
  set_handler(SIGPROF, catch_tick);
  set_handler(SIGALRM, catch_alarm);
  blocked &= ~((uint64_t)1 << (SIGPROF - 1) | (uint64_t)1 << (SIGALRM - 1));
  hg_call(SYS_rt_sigprocmask, SIG_SETMASK, (long)&blocked, 0, sizeof blocked, 0,
          0);
  const struct itimerval tick = {{0, kTickMicroseconds},
                                 {0, kTickMicroseconds}};
  hg_call(SYS_setitimer, ITIMER_PROF, (long)&tick, 0, 0, 0, 0);
}

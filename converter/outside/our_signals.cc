#include "converter/outside/our_signals.h"

#include <sys/signalfd.h>

#include <ctime>

namespace heapgrind {
namespace {

constexpr int kEnding[] = {SIGINT, SIGTERM, SIGHUP};

// Takes one of `signals` that waits; 0 if none does.
int TakeOne(const sigset_t& signals) {
  const timespec now = {0, 0};
  const int signal = sigtimedwait(&signals, nullptr, &now);
  return signal > 0 ? signal : 0;
}

}  // namespace

OurSignals::OurSignals() { sigprocmask(SIG_BLOCK, nullptr, &before_); }

void OurSignals::Block() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGCHLD);
  for (const int signal : kEnding) sigaddset(&signals, signal);
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  descriptor_ = Descriptor(signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
}

OurSignals::~OurSignals() { sigprocmask(SIG_SETMASK, &before_, nullptr); }

bool OurSignals::IsInterrupted() const {
  sigset_t waiting;
  sigpending(&waiting);
  for (const int signal : kEnding) {
    if (sigismember(&waiting, signal) == 1) return true;
  }
  return false;
}

void OurSignals::TakeChildSignal() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGCHLD);
  TakeOne(signals);
}

int OurSignals::Take() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : kEnding) sigaddset(&signals, signal);
  return TakeOne(signals);
}

}  // namespace heapgrind

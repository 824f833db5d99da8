// The signals of this program while it dumps another one.
//
// Those that would end it (SIGINT, SIGTERM, SIGHUP) wait until the other
// process can be left as it was.  SIGCHLD says that a traced thread has
// changed.

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_OUR_SIGNALS_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_OUR_SIGNALS_H_

#include <csignal>

#include "converter/outside/descriptor.h"

namespace heapgrind {

class OurSignals {
 public:
  OurSignals();
  ~OurSignals();  // Those that wait come now.
  OurSignals(const OurSignals&) = delete;
  OurSignals& operator=(const OurSignals&) = delete;

  // From now on they wait.
  void Block();

  // A descriptor that can be read when any of them waits.
  int descriptor() const { return descriptor_.get(); }

  // Takes a SIGCHLD that waits, so that it can be read no longer.
  void TakeChildSignal();

  // Whether we are to end; the signal goes on waiting.
  bool IsInterrupted() const;

  // Takes such a signal, and returns its number; 0 if none waits.
  int Take();

 private:
  sigset_t before_;
  Descriptor descriptor_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_OUR_SIGNALS_H_

// Watches how much of what limits the memory is used.

#ifndef HEAPGRIND_SCANNER_WATCH_LIMIT_SHARES_H_
#define HEAPGRIND_SCANNER_WATCH_LIMIT_SHARES_H_

#include <cstddef>

#include "process/memory_use.h"
#include "watch/watcher.h"

namespace heapgrind {

class LimitShares {
 public:
  // Watches these `count` shares from now on, kMostShares at most.
  void Start(const double* shares, size_t count);

  // Looks: whether one of the shares is passed that was not.
  bool IsPassed();

  // Seconds until the next look: shorter where more than eight tenths of the
  // next share are used.  0: there is nothing to watch.
  double interval() const { return interval_; }

 private:
  MemoryGroup group_;
  double shares_[kMostShares] = {};
  bool is_above_[kMostShares] = {};
  size_t count_ = 0;
  double interval_ = 0;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_WATCH_LIMIT_SHARES_H_

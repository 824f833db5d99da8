// A frame and those that called it, one after the other.

#ifndef HEAPGRIND_SCANNER_RECORD_FRAME_CHAIN_H_
#define HEAPGRIND_SCANNER_RECORD_FRAME_CHAIN_H_

#include <cstddef>

#include "cpython/compat.h"

namespace heapgrind {

// In a damaged heap the chain may be a circle: it ends there (Richard P. Brent,
// "An Improved Monte Carlo Factorization Algorithm", BIT 20, 1980, section 2).
class FrameChain {
 public:
  // `innermost` may be null.
  explicit FrameChain(hg_frame* innermost) : frame_(innermost) {}

  // Null after the outermost.
  hg_frame* frame() const { return frame_; }

  void Advance() {
    if (++num_steps_ == next_milestone_) {
      milestone_ = frame_;
      next_milestone_ *= 2;
    }
    frame_ = hg_frame_caller(frame_);
    if (frame_ == milestone_) frame_ = nullptr;
  }

 private:
  hg_frame* frame_;
  hg_frame* milestone_ = nullptr;
  size_t num_steps_ = 0;
  size_t next_milestone_ = 1;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_FRAME_CHAIN_H_

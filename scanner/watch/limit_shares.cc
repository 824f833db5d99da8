#include "watch/limit_shares.h"

#include <algorithm>

namespace heapgrind {
namespace {

constexpr double kInterval = 1;  // Seconds.
constexpr double kShortInterval = 0.1;
constexpr double kNear = 0.8;   // Of a share.
constexpr double kBelow = 0.9;  // Of a share: it may be passed again.

}  // namespace

void LimitShares::Start(const double* shares, size_t count) {
  count_ = std::min(count, kMostShares);
  std::copy(shares, shares + count_, shares_);
  std::fill(is_above_, is_above_ + kMostShares, false);
  interval_ = count_ > 0 ? kInterval : 0;
}

bool LimitShares::IsPassed() {
  if (count_ == 0) return false;
  group_.Find("");
  const MemoryUse use = group_.Read();
  if (use.limit == 0) return false;
  const double used = static_cast<double>(use.used) / use.limit;
  bool is_passed = false;
  interval_ = kInterval;
  for (size_t i = 0; i < count_; ++i) {
    const bool was_above = is_above_[i];
    is_above_[i] = used > (was_above ? shares_[i] * kBelow : shares_[i]);
    is_passed |= is_above_[i] && !was_above;
    if (!is_above_[i] && used > shares_[i] * kNear) interval_ = kShortInterval;
  }
  return is_passed;
}

}  // namespace heapgrind

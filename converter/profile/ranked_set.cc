#include "converter/profile/ranked_set.h"

namespace heapgrind {

RankedSet::RankedSet(const std::vector<bool>& members)
    : words_((members.size() + 63) / 64) {
  for (size_t i = 0; i < members.size(); ++i) {
    if (i % 64 == 0) words_[i / 64].rank = static_cast<uint32_t>(size_);
    if (!members[i]) continue;
    words_[i / 64].bits |= uint64_t{1} << i % 64;
    ++size_;
  }
}

}  // namespace heapgrind

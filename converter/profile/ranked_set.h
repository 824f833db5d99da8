// A set of numbers that tells the place of each among them, in two bits for
// each number that could be there.

#ifndef HEAPGRIND_CONVERTER_PROFILE_RANKED_SET_H_
#define HEAPGRIND_CONVERTER_PROFILE_RANKED_SET_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace heapgrind {

class RankedSet {
 public:
  // Of no numbers.
  RankedSet() = default;

  // Of those at which `members` is true.  Linear.
  explicit RankedSet(const std::vector<bool>& members);

  size_t size() const { return size_; }

  // Whether `number` is a member; it must be lower than the number of those
  // that could be.  Constant time.
  bool Contains(uint32_t number) const {
    return words_[number / 64].bits >> number % 64 & 1;
  }

  // How many members are lower than `number`, which is one.  Constant time.
  uint32_t RankOf(uint32_t number) const {
    const Word& word = words_[number / 64];
    const uint64_t lower = (uint64_t{1} << number % 64) - 1;
    return word.rank +
           static_cast<uint32_t>(__builtin_popcountll(word.bits & lower));
  }

  // Calls visit(member) for each, in ascending order.
  template <typename Visit>
  void ForEach(Visit visit) const {
    for (size_t i = 0; i < words_.size(); ++i) {
      for (uint64_t bits = words_[i].bits; bits != 0; bits &= bits - 1) {
        visit(static_cast<uint32_t>(i * 64 + __builtin_ctzll(bits)));
      }
    }
  }

 private:
  struct Word {
    uint64_t bits = 0;
    uint32_t rank = 0;  // Of its first bit.
  };

  std::vector<Word> words_;
  size_t size_ = 0;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_RANKED_SET_H_

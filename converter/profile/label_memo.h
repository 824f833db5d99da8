// Labels that were made already, by what decides them.
//
// Most objects' label depends on their shape and leaf alone (Labels::IsPlain):
// of millions, only some thousands of labels are made and hashed.

#ifndef HEAPGRIND_CONVERTER_PROFILE_LABEL_MEMO_H_
#define HEAPGRIND_CONVERTER_PROFILE_LABEL_MEMO_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "converter/profile/label_trie.h"
#include "converter/profile/reference_leaves.h"

namespace heapgrind {

// A cache of a fixed size: what is new takes the entry of what was there.
class LabelMemo {
 public:
  struct Entry {
    uint32_t shape = UINT32_MAX;  // None has this number.
    Leaf leaf;
    TrieLabel label;

    bool Has(uint32_t asked_shape, const Leaf& asked_leaf) const {
      return shape == asked_shape && leaf == asked_leaf;
    }
  };

  LabelMemo() : entries_(kNumEntries) {}

  // The only entry that may have the label of this shape and leaf.
  Entry& At(uint32_t shape, const Leaf& leaf) {
    constexpr uint64_t kGoldenRatio = 0x9E3779B97F4A7C15;
    const uint64_t key = uint64_t{shape} << 32 | leaf.text;
    const uint64_t hash = (key + static_cast<uint64_t>(leaf.form)) *
                          kGoldenRatio;  // Knuth, TAOCP 3, 6.4.
    return entries_[hash >> (64 - kLogEntries)];
  }

 private:
  static constexpr int kLogEntries = 12;
  static constexpr size_t kNumEntries = size_t{1} << kLogEntries;

  std::vector<Entry> entries_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_LABEL_MEMO_H_

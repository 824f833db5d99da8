// Every label once, as a number.
//
// Millions of objects have some thousands of labels, so that what is made of
// them compares and hashes four bytes.

#ifndef HEAPGRIND_CONVERTER_PROFILE_LABEL_NUMBERS_H_
#define HEAPGRIND_CONVERTER_PROFILE_LABEL_NUMBERS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "converter/profile/labels.h"

namespace heapgrind {

class LabelNumbers {
 public:
  // Number 0 is that of main, the label of nothing.
  LabelNumbers() : numbers_(0, Hash{this}, Equal{this}) { Of(Label()); }
  LabelNumbers(const LabelNumbers&) = delete;
  LabelNumbers& operator=(const LabelNumbers&) = delete;

  // The number of `label`: that of the labels that equal it.  Amortised
  // constant time.
  uint32_t Of(const Label& label);

  const Label& LabelOf(uint32_t number) const { return labels_[number]; }

 private:
  // The set holds numbers alone, which stand for their labels.
  struct Hash {
    using is_transparent = void;
    size_t operator()(const Label& label) const { return absl::HashOf(label); }
    size_t operator()(uint32_t number) const {
      return absl::HashOf(all->LabelOf(number));
    }
    const LabelNumbers* all;
  };
  struct Equal {
    using is_transparent = void;
    bool operator()(uint32_t a, uint32_t b) const { return a == b; }
    bool operator()(uint32_t number, const Label& label) const {
      return all->LabelOf(number) == label;
    }
    const LabelNumbers* all;
  };

  std::vector<Label> labels_;  // By number.
  absl::flat_hash_set<uint32_t, Hash, Equal> numbers_;
};

inline uint32_t LabelNumbers::Of(const Label& label) {
  const auto found = numbers_.find(label);
  if (found != numbers_.end()) return *found;
  labels_.push_back(label);
  const auto number = static_cast<uint32_t>(labels_.size() - 1);
  numbers_.insert(number);
  return number;
}

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_LABEL_NUMBERS_H_

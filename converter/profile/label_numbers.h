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

// A label with a part of its hash: what it is found by, told once.
struct HashedLabel {
  // Implicit: the same label.
  HashedLabel(const Label& label)
      : label(label), hash(static_cast<uint32_t>(absl::HashOf(label))) {}

  Label label;
  uint32_t hash;
};

class LabelNumbers {
 public:
  // Number 0 is that of main, the label of nothing.
  LabelNumbers() : entries_(0, Hash(), Equal{this}) { Of(Label()); }
  LabelNumbers(const LabelNumbers&) = delete;
  LabelNumbers& operator=(const LabelNumbers&) = delete;

  // The number of a label: that of the labels that equal it.  Amortised
  // constant time.
  uint32_t Of(const HashedLabel& asked);

  // Fetches what Of(asked) needs first.
  void Prefetch(const HashedLabel& asked) const { entries_.prefetch(asked); }

  const Label& LabelOf(uint32_t number) const { return labels_[number]; }

 private:
  // Stands for a label.  The part of its hash spares most looks at it, and all
  // of them when the set grows.
  struct Entry {
    uint32_t number;
    uint32_t hash;
  };
  struct Hash {
    using is_transparent = void;
    size_t operator()(const HashedLabel& asked) const {
      return absl::HashOf(asked.hash);
    }
    size_t operator()(const Entry& entry) const {
      return absl::HashOf(entry.hash);
    }
  };
  struct Equal {
    using is_transparent = void;
    bool operator()(const Entry& a, const Entry& b) const {
      return a.number == b.number;
    }
    bool operator()(const Entry& entry, const HashedLabel& asked) const {
      return entry.hash == asked.hash &&
             all->LabelOf(entry.number) == asked.label;
    }
    const LabelNumbers* all;
  };

  std::vector<Label> labels_;  // By number.
  absl::flat_hash_set<Entry, Hash, Equal> entries_;
};

inline uint32_t LabelNumbers::Of(const HashedLabel& asked) {
  const auto found = entries_.find(asked);
  if (found != entries_.end()) return found->number;
  labels_.push_back(asked.label);
  const auto number = static_cast<uint32_t>(labels_.size() - 1);
  entries_.insert({number, asked.hash});
  return number;
}

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_LABEL_NUMBERS_H_

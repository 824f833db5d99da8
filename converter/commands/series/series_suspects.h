// Whom the sentences of a series name: who keeps what came and stayed, and who
// has grown.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_SERIES_SERIES_SUSPECTS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_SERIES_SERIES_SUSPECTS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "converter/commands/diff/compared_heap.h"
#include "converter/commands/diff/stayed_identities.h"
#include "converter/suspects/older_rows.h"
#include "converter/suspects/suspects.h"

namespace heapgrind {

// Takes the heaps one after the other; keeps what OlderRows and StayedSearch
// keep.
class SeriesSuspects {
 public:
  // Empties the identities, which only three heaps or more need.
  void Add(IdentifiedHeap* heap);

  // By node of the ownership graph of `last`, the heap added last: what came
  // after the first heap and is in all others.  Nothing of fewer than three
  // heaps, if these were not added in the order of their times, or if they are
  // of several processes, where an address means different objects.
  std::optional<std::vector<bool>> FindStayed(AnalyzedHeap* last) const;

  // What has stayed, then what has grown from the first heap to `last`; none if
  // the heaps were not added in the order of their times.
  std::vector<Suspect> Find(AnalyzedHeap* last) const;

 private:
  std::optional<OlderRows> older_;  // Of the first heap.
  StayedSearch stayed_;
  uint64_t pid_ = 0;
  uint64_t time_ = 0;
  bool is_one_process_ = true;
  bool is_ordered_ = true;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_SERIES_SERIES_SUSPECTS_H_

// What several heaps consist of, side by side: what grows, and how fast.
//
//     heap:       0      1      2       growth       per hour
//     dict    17600  18500  35600   35600 - 17600    / hours from 0 to 2

#ifndef HEAPGRIND_CONVERTER_COMMANDS_SERIES_HEAP_SERIES_H_
#define HEAPGRIND_CONVERTER_COMMANDS_SERIES_HEAP_SERIES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "converter/commands/analyzed_heap.h"
#include "converter/commands/series/series_options.h"
#include "converter/commands/series/series_sums.h"
#include "converter/suspects/suspects.h"

namespace heapgrind {

struct SeriesRow {
  std::string name;             // Clean (clean_name.h).
  std::vector<SeriesSum> sums;  // By heap.
  SeriesSum stayed;             // Of the last heap; see HeapSeries.
};

struct SeriesHeap {
  std::string name;   // What messages call the dump.
  uint64_t time = 0;  // Seconds since 1970-01-01 UTC; 0 if it is not known.
  SeriesSum all;      // Of the objects counted.
};

struct HeapSeries {
  // Who keeps what came and stayed, then what grew from the first heap to the
  // last; none with a type_pattern, or if the heaps were not added in the order
  // of their times.
  std::vector<Suspect> suspects;
  // Whether rows tell what came after the first heap and is in all others.
  bool has_stayed = false;
  std::vector<SeriesHeap> heaps;  // In the order of their times.
  std::vector<SeriesRow> rows;    // Those that grew most come first.
  bool counts_objects = false;    // What "most" is about.
};

// Adds up heaps, one at a time; keeps nothing of them but the sums.
class SeriesCount {
 public:
  // `options` must live as long as this.
  explicit SeriesCount(const SeriesOptions& options) : options_(options) {}

  void Add(AnalyzedHeap* heap);

  // Notes what of the heap added last has stayed, by node of the ownership
  // graph.
  void AddStayed(const std::vector<bool>& has_stayed, AnalyzedHeap* heap);

  // NoObjectOfType (type_pattern.h) if no heap has an object to count.
  absl::Status status() const;

  // The places of the heaps in the order of their times, and where these are
  // equal in that of Add.  If one has no time, all stay in the order of Add.
  std::vector<size_t> Order() const;

  // All of it; call it once, at the end.
  HeapSeries Take();

 private:
  SeriesRow* Row(const std::string& name);

  const SeriesOptions& options_;
  std::vector<SeriesHeap> heaps_;  // In the order of Add, as sums in rows are.
  std::vector<SeriesRow> rows_;
  absl::flat_hash_map<std::string, size_t> row_of_name_;
  bool has_stayed_ = false;
  absl::Status no_object_;  // Of the last heap without any.
};

// What of `sum` a series counts: its objects or its bytes.
uint64_t Counted(const HeapSeries& series, const SeriesSum& sum);

// The sum of the rows from number `first` on, called "others".
SeriesRow Others(const HeapSeries& series, size_t first);

// The last of a row's sums less its first one.
int64_t Growth(const HeapSeries& series, const std::vector<SeriesSum>& sums);

// `growth` as one per hour, rounded, from the times of the first and the last
// heap; nothing if they are equal or a heap has none.
std::optional<int64_t> PerHour(const HeapSeries& series, int64_t growth);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_SERIES_HEAP_SERIES_H_

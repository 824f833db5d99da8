#include "converter/commands/series/heap_series.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "converter/commands/type_pattern.h"

namespace heapgrind {
namespace {

constexpr uint64_t kSecondsPerHour = 3600;

// Those that grew most, then those that are largest in the end.
void SortRows(HeapSeries* series) {
  std::sort(series->rows.begin(), series->rows.end(),
            [series](const SeriesRow& a, const SeriesRow& b) {
              const int64_t growth_a = Growth(*series, a.sums);
              const int64_t growth_b = Growth(*series, b.sums);
              if (growth_a != growth_b) return growth_a > growth_b;
              const uint64_t last_a = Counted(*series, a.sums.back());
              const uint64_t last_b = Counted(*series, b.sums.back());
              return last_a != last_b ? last_a > last_b : a.name < b.name;
            });
}

bool HasTimes(const std::vector<SeriesHeap>& heaps) {
  return std::all_of(heaps.begin(), heaps.end(),
                     [](const SeriesHeap& heap) { return heap.time > 0; });
}

}  // namespace

void SeriesCount::Add(AnalyzedHeap* heap) {
  heaps_.push_back({heap->name(), heap->header().time, {}});
  SeriesSum& all = heaps_.back().all;
  const NamedSums sums =
      SumsOf(options_.rows, NodesOfType(options_.type_pattern, heap), heap);
  for (size_t i = 0; i < sums.names.size(); ++i) {
    if (sums.sums[i].objects == 0) continue;
    std::vector<SeriesSum>& cells = Row(sums.names[i])->sums;
    cells.resize(heaps_.size());
    cells.back().Add(sums.sums[i]);
    all.Add(sums.sums[i]);
  }
  if (all.objects == 0 && !options_.type_pattern.empty()) {
    no_object_ = NoObjectOfType(options_.type_pattern, heap);
  }
}

void SeriesCount::AddStayed(const std::vector<bool>& has_stayed,
                            AnalyzedHeap* heap) {
  has_stayed_ = true;
  std::vector<bool> is_counted = NodesOfType(options_.type_pattern, heap);
  for (NodeId node = 0; node < heap->graph().num_nodes(); ++node) {
    is_counted[node] = is_counted[node] && has_stayed[node];
  }
  const NamedSums sums = SumsOf(options_.rows, is_counted, heap);
  for (size_t i = 0; i < sums.names.size(); ++i) {
    if (sums.sums[i].objects == 0) continue;
    Row(sums.names[i])->stayed.Add(sums.sums[i]);
  }
}

absl::Status SeriesCount::status() const {
  const bool has_objects =
      std::any_of(heaps_.begin(), heaps_.end(),
                  [](const SeriesHeap& heap) { return heap.all.objects > 0; });
  return has_objects ? absl::OkStatus() : no_object_;
}

SeriesRow* SeriesCount::Row(const std::string& name) {
  const auto [entry, is_new] = row_of_name_.try_emplace(name, rows_.size());
  if (is_new) rows_.push_back({name, {}, {}});
  return &rows_[entry->second];
}

std::vector<size_t> SeriesCount::Order() const {
  std::vector<size_t> order(heaps_.size());
  std::iota(order.begin(), order.end(), size_t{0});
  if (!HasTimes(heaps_)) return order;
  std::stable_sort(order.begin(), order.end(), [this](size_t a, size_t b) {
    return heaps_[a].time < heaps_[b].time;
  });
  return order;
}

HeapSeries SeriesCount::Take() {
  HeapSeries series;
  series.counts_objects = options_.counts_objects;
  series.has_stayed = has_stayed_;
  const std::vector<size_t> order = Order();
  for (const size_t place : order) series.heaps.push_back(heaps_[place]);
  for (SeriesRow& row : rows_) {
    row.sums.resize(heaps_.size());
    std::vector<SeriesSum> sums;
    for (const size_t place : order) sums.push_back(row.sums[place]);
    series.rows.push_back({std::move(row.name), std::move(sums), row.stayed});
  }
  SortRows(&series);
  return series;
}

uint64_t Counted(const HeapSeries& series, const SeriesSum& sum) {
  return series.counts_objects ? sum.objects : sum.bytes;
}

SeriesRow Others(const HeapSeries& series, size_t first) {
  SeriesRow others = {"others", {}, {}};
  others.sums.resize(series.heaps.size());
  for (size_t i = first; i < series.rows.size(); ++i) {
    others.stayed.Add(series.rows[i].stayed);
    for (size_t heap = 0; heap < others.sums.size(); ++heap) {
      others.sums[heap].Add(series.rows[i].sums[heap]);
    }
  }
  return others;
}

int64_t Growth(const HeapSeries& series, const std::vector<SeriesSum>& sums) {
  return static_cast<int64_t>(Counted(series, sums.back()) -
                              Counted(series, sums.front()));
}

std::optional<int64_t> PerHour(const HeapSeries& series, int64_t growth) {
  const uint64_t seconds = series.heaps.back().time - series.heaps.front().time;
  if (!HasTimes(series.heaps) || seconds == 0) return std::nullopt;
  const long double rate = static_cast<long double>(growth) * kSecondsPerHour /
                           static_cast<long double>(seconds);
  // Beyond 2^62 no heap grows: a dump says what it likes.
  constexpr long double kMost = int64_t{1} << 62;
  return std::llround(std::clamp(rate, -kMost, kMost));
}

}  // namespace heapgrind

#include "converter/commands/series/heap_series.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "converter/base/clean_name.h"
#include "converter/commands/type_pattern.h"

namespace heapgrind {
namespace {

constexpr uint64_t kSecondsPerHour = 3600;

void Add(uint64_t bytes, SeriesSum* sum) {
  sum->bytes += bytes;
  ++sum->objects;
}

// Names, each with the sum over its objects.
struct NamedSums {
  std::vector<std::string> names;
  std::vector<SeriesSum> sums;
};

NamedSums SumsByType(const std::vector<bool>& is_counted, AnalyzedHeap* heap) {
  const HeapGraph& graph = heap->graph();
  const TypeNames& type_names = heap->type_names();
  std::vector<SeriesSum> sum_of_type(graph.strings.size());  // By StringId.
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    if (!is_counted[node]) continue;
    Add(graph.size[node], &sum_of_type[type_names.Of(node)]);
  }
  NamedSums result;
  for (StringId type = 0; type < sum_of_type.size(); ++type) {
    if (sum_of_type[type].objects == 0) continue;
    result.names.push_back(CleanName(graph.strings.Text(type)));
    result.sums.push_back(sum_of_type[type]);
  }
  return result;
}

// `names`: by function of the profile.
NamedSums SumsByFunction(const std::vector<bool>& is_counted,
                         std::vector<std::string> names, AnalyzedHeap* heap) {
  const HeapGraph& graph = heap->graph();
  const std::vector<uint32_t>& functions = heap->profile().function_of_node;
  NamedSums result = {std::move(names), {}};
  result.sums.resize(result.names.size());
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    if (!is_counted[node]) continue;
    Add(graph.size[node], &result.sums[functions[node]]);
  }
  return result;
}

NamedSums SumsOf(const SeriesOptions& options, AnalyzedHeap* heap) {
  const std::vector<bool> is_counted = NodesOfType(options.type_pattern, heap);
  switch (options.rows) {
    case SeriesRows::kPaths:
      return SumsByFunction(is_counted, heap->owner_names(), heap);
    case SeriesRows::kPackages:
      return SumsByFunction(is_counted, heap->packages(), heap);
    default:
      return SumsByType(is_counted, heap);
  }
}

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
  const NamedSums sums = SumsOf(options_, heap);
  for (size_t i = 0; i < sums.names.size(); ++i) {
    if (sums.sums[i].objects == 0) continue;
    std::vector<SeriesSum>& cells = Row(sums.names[i])->sums;
    cells.resize(heaps_.size());
    for (SeriesSum* const sum : {&cells.back(), &all}) {
      sum->bytes += sums.sums[i].bytes;
      sum->objects += sums.sums[i].objects;
    }
  }
  if (all.objects == 0 && !options_.type_pattern.empty()) {
    no_object_ = NoObjectOfType(options_.type_pattern, heap);
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
  if (is_new) rows_.push_back({name, {}});
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
  const std::vector<size_t> order = Order();
  for (const size_t place : order) series.heaps.push_back(heaps_[place]);
  for (SeriesRow& row : rows_) {
    row.sums.resize(heaps_.size());
    std::vector<SeriesSum> sums;
    for (const size_t place : order) sums.push_back(row.sums[place]);
    series.rows.push_back({std::move(row.name), std::move(sums)});
  }
  SortRows(&series);
  return series;
}

uint64_t Counted(const HeapSeries& series, const SeriesSum& sum) {
  return series.counts_objects ? sum.objects : sum.bytes;
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

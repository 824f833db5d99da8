#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "converter/commands/series/series_report.h"
#include "converter/dump/dump_header.h"

namespace heapgrind {
namespace {

// What a label is called, and what the number of one says.
struct Family {
  const char* label;
  const char* adjective;
  const char* help;
};

// By SeriesRows.
constexpr Family kFamilies[] = {
    {"type", "type", "of this type"},
    {"path", "path", "at this place in the program's data"},
    {"package", "package", "that this package owns"},
    {"owner", "owned", "that this variable, module or thread owns"}};

absl::Status CheckTimes(const std::vector<SeriesHeap>& heaps) {
  for (size_t i = 1; i < heaps.size(); ++i) {
    if (heaps[i - 1].time > 0 && heaps[i].time > heaps[i - 1].time) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        heaps[i].name, ": expected a time after that of ", heaps[i - 1].name,
        ", got ", heaps[i].time == 0 ? "none" : UtcText(heaps[i].time)));
  }
  return absl::OkStatus();
}

// The largest of a row's sums.
uint64_t Most(const HeapSeries& series, const SeriesRow& row) {
  uint64_t most = 0;
  for (const SeriesSum& sum : row.sums) {
    most = std::max(most, Counted(series, sum));
  }
  return most;
}

// Those that are largest in any heap come first.  A row that is called as the
// rest is belongs to the rest.
void SortBySize(HeapSeries* series) {
  const std::string rest = Others(*series, series->rows.size()).name;
  const auto rank = [&](const SeriesRow& row) {
    return std::make_pair(row.name != rest, Most(*series, row));
  };
  std::sort(series->rows.begin(), series->rows.end(),
            [&rank](const SeriesRow& a, const SeriesRow& b) {
              const auto rank_a = rank(a), rank_b = rank(b);
              return rank_a != rank_b ? rank_a > rank_b : a.name < b.name;
            });
}

class MetricsWriter {
 public:
  MetricsWriter(const HeapSeries& series, const Family& family)
      : series_(series), family_(family) {}

  std::string Text(uint64_t num_rows) {
    const char* const unit = series_.counts_objects ? "objects" : "bytes";
    name_ = absl::StrCat("heapgrind_", family_.adjective, "_", unit);
    text_ = absl::StrCat("# HELP ", name_, " ",
                         series_.counts_objects ? "Objects" : "Bytes",
                         " of the heap ", family_.help, ".\n# TYPE ", name_,
                         " gauge\n# UNIT ", name_, " ", unit, "\n");
    const std::string rest = Others(series_, series_.rows.size()).name;
    size_t num_shown = 0;
    while (num_shown < std::min<uint64_t>(num_rows, series_.rows.size()) &&
           series_.rows[num_shown].name != rest) {
      AddRow(series_.rows[num_shown++]);
    }
    AddRow(Others(series_, num_shown));
    return std::move(text_) + "# EOF\n";
  }

 private:
  // Names are clean (clean_name.h): no character in them wants to be escaped.
  void AddRow(const SeriesRow& row) {
    for (size_t i = 0; i < row.sums.size(); ++i) {
      absl::StrAppend(&text_, name_, "{", family_.label, "=\"", row.name,
                      "\"} ", Counted(series_, row.sums[i]));
      if (row.sums.size() > 1) {
        absl::StrAppend(&text_, " ", series_.heaps[i].time);
      }
      text_ += '\n';
    }
  }

  const HeapSeries& series_;
  const Family& family_;
  std::string name_;
  std::string text_;
};

}  // namespace

absl::StatusOr<std::string> SeriesMetrics(HeapSeries series,
                                          const SeriesOptions& options) {
  const absl::Status status = CheckTimes(series.heaps);
  if (!status.ok()) return status;
  SortBySize(&series);
  const Family& family = kFamilies[static_cast<size_t>(options.rows)];
  return MetricsWriter(series, family).Text(options.num_rows);
}

}  // namespace heapgrind

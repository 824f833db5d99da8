#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "converter/base/clean_name.h"
#include "converter/cli/text_table.h"
#include "converter/commands/heap_sentences.h"
#include "converter/commands/series/series_report.h"
#include "converter/commands/series/sparkline.h"
#include "converter/dump/dump_header.h"

namespace heapgrind {
namespace {

constexpr const char* kTitles[] = {"Type", "Owner", "Package", "Owner"};

class SeriesWriter {
 public:
  SeriesWriter(const HeapSeries& series, const SeriesOptions& options,
               const OutputStyle& style)
      : series_(series), options_(options), style_(style) {}

  std::string Text() {
    text_ += SuspectsText(series_.suspects, style_);
    if (!series_.suspects.empty()) text_ += "\n";
    AddHeaps();
    AddTitle();
    AddRows();
    return std::move(text_);
  }

 private:
  const char* Title() const {
    return kTitles[static_cast<size_t>(options_.rows)];
  }

  // Counts of objects are exact everywhere.
  OutputStyle NumberStyle() const {
    return series_.counts_objects ? OutputStyle() : style_;
  }

  void AddHeaps() {
    TextTable table({{"Dump"},
                     {"Time", false, 2},
                     {"Objects", true, 1},
                     {"Bytes"},
                     {"", false}});
    for (size_t i = 0; i < series_.heaps.size(); ++i) {
      const SeriesHeap& heap = series_.heaps[i];
      table.AddRow({absl::StrCat(i + 1),
                    heap.time == 0 ? "-" : UtcText(heap.time),
                    absl::StrCat(heap.all.objects),
                    BytesText(heap.all.bytes, style_), CleanName(heap.name)});
    }
    text_ += table.Text(style_);
  }

  void AddTitle() {
    std::string line = absl::StrCat(
        series_.counts_objects ? "Objects" : "Bytes",
        options_.type_pattern.empty() ? "" : " of type ",
        options_.type_pattern.empty() ? "" : CleanName(options_.type_pattern),
        " in each dump");
    if (options_.num_rows < series_.rows.size()) {
      absl::StrAppend(&line, " (", options_.num_rows, " rows of ",
                      series_.rows.size(), ")");
    }
    absl::StrAppend(&text_, "\n", FitLine(line, style_), "\n");
  }

  // Where there is little room, dumps between the first and the last go first.
  std::vector<TableColumn> Columns() const {
    std::vector<TableColumn> columns;
    const size_t num_heaps = series_.heaps.size();
    for (size_t i = 0; i < num_heaps; ++i) {
      const int rank = i == 0 ? 2 : i + 1 < num_heaps ? 4 : 0;
      columns.push_back({absl::StrCat(i + 1), true, rank});
    }
    columns.push_back({"Growth", true, 1});
    columns.push_back({"Per hour"});
    if (series_.has_stayed) columns.push_back({"Stayed"});
    if (style_.is_readable) columns.push_back({"Trend", false, 3});
    columns.push_back({Title(), false});
    return columns;
  }

  void AddRows() {
    TextTable table(Columns());
    const size_t num_shown =
        std::min<uint64_t>(options_.num_rows, series_.rows.size());
    for (size_t i = 0; i < num_shown; ++i) AddRow(series_.rows[i], &table);
    if (num_shown < series_.rows.size()) {
      AddRow(Others(series_, num_shown), &table);
    }
    text_ += table.Text(style_);
  }

  void AddRow(const SeriesRow& row, TextTable* table) const {
    std::vector<std::string> cells;
    std::vector<uint64_t> numbers;
    for (const SeriesSum& sum : row.sums) {
      numbers.push_back(Counted(series_, sum));
      cells.push_back(BytesText(numbers.back(), NumberStyle()));
    }
    const int64_t growth = Growth(series_, row.sums);
    const std::optional<int64_t> per_hour = PerHour(series_, growth);
    cells.push_back(ChangeText(growth, NumberStyle()));
    cells.push_back(per_hour.has_value() ? ChangeText(*per_hour, NumberStyle())
                                         : "-");
    if (series_.has_stayed) {
      const uint64_t stayed = Counted(series_, row.stayed);
      cells.push_back(BytesText(stayed, NumberStyle()));
    }
    if (style_.is_readable) cells.push_back(Sparkline(numbers));
    cells.push_back(row.name);
    table->AddRow(std::move(cells));
  }

  const HeapSeries& series_;
  const SeriesOptions& options_;
  const OutputStyle style_;
  std::string text_;
};

}  // namespace

std::string SeriesText(const HeapSeries& series, const SeriesOptions& options,
                       const OutputStyle& style) {
  return SeriesWriter(series, options, style).Text();
}

}  // namespace heapgrind

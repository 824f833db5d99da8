#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "converter/base/clean_name.h"
#include "converter/cli/text_table.h"
#include "converter/commands/diff/diff_report.h"
#include "converter/commands/heap_sentences.h"

namespace heapgrind {
namespace {

class DiffWriter {
 public:
  DiffWriter(const DiffReport& report, uint64_t num_rows,
             const OutputStyle& style)
      : report_(report), num_rows_(num_rows), style_(style) {}

  std::string Text() {
    AddSentences();
    AddHead();
    const HeapDifference& difference = report_.difference;
    AddRows("Types", "Type", false, difference.types);
    AddRows("Owners", "Owner", true, difference.functions);
    AddRows("Packages", "Package", true, difference.packages);
    if (report_.stayed.has_value()) AddStayed(*report_.stayed);
    return std::move(text_);
  }

 private:
  std::string Bytes(uint64_t bytes) const { return BytesText(bytes, style_); }
  std::string Change(int64_t bytes) const { return ChangeText(bytes, style_); }
  static std::string CountChange(int64_t count) {
    return ChangeText(count, OutputStyle());
  }

  void AddSentences() {
    text_ += SuspectsText(report_.suspects, style_);
    if (!report_.suspects.empty()) text_ += "\n";
  }

  void AddHead() {
    const HeapDifference& difference = report_.difference;
    const DifferenceRow& all = difference.all;
    const std::string title = absl::StrCat(CleanName(report_.old_name), " -> ",
                                           CleanName(report_.new_name));
    absl::StrAppend(&text_, Heading(FitLine(title, style_), style_), "\n");
    TextTable table({{"Objects"}, {"Bytes"}, {"", false}});
    const auto add = [&](const ObjectSum& sum, const char* what) {
      table.AddRow({absl::StrCat(sum.objects), Bytes(sum.bytes), what});
    };
    add(all.before, "before");
    add(all.added, "new");
    add(all.gone, "gone");
    add(all.grown, "grown by");
    add(all.shrunk, "shrunk by");
    add(all.after, "after");
    text_ += table.Text(style_);
    const std::string survivors =
        absl::StrCat(difference.survivors, " objects survived; ",
                     difference.reused_addresses,
                     " addresses were used again for other objects");
    absl::StrAppend(&text_, FitLine(survivors, style_), "\n");
  }

  void AddTitle(absl::string_view title, size_t num_all) {
    std::string line(title);
    if (num_rows_ < num_all) {
      absl::StrAppend(&line, " (", num_rows_, " of ", num_all, ")");
    }
    absl::StrAppend(&text_, "\n", FitLine(line, style_), "\n");
  }

  // A type has no "moved": it is a part of what makes an object the same.
  void AddRows(absl::string_view title, const char* name, bool has_moved,
               const std::vector<DifferenceRow>& rows) {
    AddTitle(title, rows.size());
    if (rows.empty()) {
      text_ += "no difference\n";
      return;
    }
    std::vector<TableColumn> columns = {
        {"Net bytes"},     {"Net", true, 1},       {"New", true, 5},
        {"Gone", true, 5}, {"New bytes", true, 2}, {"Gone bytes", true, 3},
        {"Grown", true, 4}};
    if (has_moved) columns.push_back({"Moved", true, 6});
    columns.push_back({name, false});
    TextTable table(std::move(columns));
    const size_t num_shown = std::min<uint64_t>(num_rows_, rows.size());
    for (size_t i = 0; i < num_shown; ++i) AddRow(rows[i], has_moved, &table);
    if (num_shown < rows.size()) {
      DifferenceRow others;
      for (size_t i = num_shown; i < rows.size(); ++i) others += rows[i];
      others.name = "others";
      AddRow(others, has_moved, &table);
    }
    text_ += table.Text(style_);
  }

  void AddRow(const DifferenceRow& row, bool has_moved, TextTable* table) {
    std::vector<std::string> cells = {
        Change(row.NetBytes()),
        CountChange(row.NetObjects()),
        absl::StrCat(row.added.objects),
        absl::StrCat(row.gone.objects),
        Bytes(row.added.bytes),
        Bytes(row.gone.bytes),
        Change(static_cast<int64_t>(row.grown.bytes - row.shrunk.bytes))};
    if (has_moved) {
      cells.push_back(Change(
          static_cast<int64_t>(row.moved_in.bytes - row.moved_out.bytes)));
    }
    cells.push_back(row.name);
    table->AddRow(std::move(cells));
  }

  void AddStayed(const StayedObjects& stayed) {
    AddTitle(
        absl::StrCat("Suspected leaks: ", stayed.objects, " objects of ",
                     Bytes(stayed.bytes), style_.is_readable ? "" : " bytes",
                     " that came after the first dump and stayed"),
        stayed.rows.size());
    if (stayed.rows.empty()) return;
    TextTable table(
        {{"Topmost"}, {"Objects", true, 1}, {"Bytes"}, {"Owner", false}});
    const size_t num_shown = std::min<uint64_t>(num_rows_, stayed.rows.size());
    StayedRow others;
    others.name = "others";
    for (size_t i = 0; i < stayed.rows.size(); ++i) {
      const StayedRow& row = stayed.rows[i];
      if (i < num_shown) {
        AddStayedRow(row, &table);
      } else {
        others.topmost += row.topmost;
        others.objects += row.objects;
        others.bytes += row.bytes;
      }
    }
    if (num_shown < stayed.rows.size()) AddStayedRow(others, &table);
    text_ += table.Text(style_);
  }

  void AddStayedRow(const StayedRow& row, TextTable* table) {
    table->AddRow({absl::StrCat(row.topmost), absl::StrCat(row.objects),
                   Bytes(row.bytes), row.name});
  }

  const DiffReport& report_;
  const uint64_t num_rows_;
  const OutputStyle style_;
  std::string text_;
};

}  // namespace

std::string DiffText(const DiffReport& report, uint64_t num_rows,
                     const OutputStyle& style) {
  return DiffWriter(report, num_rows, style).Text();
}

}  // namespace heapgrind

#include "converter/cli/text_table.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "converter/cli/text_width.h"

namespace heapgrind {
namespace {

constexpr size_t kGap = 2;            // Columns between two.
constexpr size_t kMinLastWidth = 16;  // Less of a name tells nothing.
constexpr size_t kMaxTextWidth = 30;  // Of a text that is not the last.

std::string Pad(const std::string& text, size_t width, bool is_number) {
  const size_t own = TextWidth(text);
  const std::string blanks(width > own ? width - own : 0, ' ');
  return is_number ? absl::StrCat(blanks, text) : absl::StrCat(text, blanks);
}

// The width that columns before the last one take, with the gaps.
size_t FixedWidth(const std::vector<size_t>& shown,
                  const std::vector<size_t>& widths) {
  size_t width = 0;
  for (size_t i = 0; i + 1 < shown.size(); ++i)
    width += widths[shown[i]] + kGap;
  return width;
}

// One line of the columns `shown`.
std::string Line(const std::vector<std::string>& cells,
                 const std::vector<TableColumn>& columns,
                 const std::vector<size_t>& shown,
                 const std::vector<size_t>& widths) {
  std::string line;
  for (size_t i = 0; i < shown.size(); ++i) {
    const size_t column = shown[i];
    const bool is_number = columns[column].is_number;
    const std::string text =
        is_number ? cells[column] : CutText(cells[column], widths[column]);
    if (i > 0) line.append(kGap, ' ');
    const bool ends_line = i + 1 == shown.size() && !is_number;
    line += ends_line ? text : Pad(text, widths[column], is_number);
  }
  const size_t end = line.find_last_not_of(' ');
  return line.substr(0, end == std::string::npos ? 0 : end + 1);
}

}  // namespace

std::vector<size_t> TextTable::ColumnsToShow(const std::vector<size_t>& widths,
                                             const OutputStyle& style) const {
  std::vector<size_t> shown;
  for (size_t i = 0; i < columns_.size(); ++i) shown.push_back(i);
  const auto is_too_wide = [&] {
    const size_t last = std::min(widths[shown.back()], kMinLastWidth);
    return FixedWidth(shown, widths) + last > style.num_columns;
  };
  while (style.num_columns > 0 && is_too_wide()) {
    const auto least = std::max_element(
        shown.begin(), shown.end(), [this](size_t a, size_t b) {
          return columns_[a].rank < columns_[b].rank;
        });
    if (columns_[*least].rank == 0) break;
    shown.erase(least);
  }
  return shown;
}

std::string TextTable::Text(const OutputStyle& style) const {
  std::vector<size_t> widths;
  std::vector<std::string> titles;
  for (const TableColumn& column : columns_) {
    titles.push_back(column.title);
    widths.push_back(TextWidth(column.title));
  }
  for (const std::vector<std::string>& row : rows_) {
    for (size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], TextWidth(row[i]));
    }
  }
  const bool is_limited = style.num_columns > 0;
  for (size_t i = 0; i + 1 < widths.size(); ++i) {
    if (is_limited && !columns_[i].is_number) {
      widths[i] = std::min(widths[i], kMaxTextWidth);
    }
  }
  const std::vector<size_t> shown = ColumnsToShow(widths, style);
  if (is_limited) {
    const size_t fixed = FixedWidth(shown, widths);
    const size_t room = style.num_columns - std::min(style.num_columns, fixed);
    size_t& last = widths[shown.back()];
    if (!columns_[shown.back()].is_number) last = std::min(last, room);
  }
  std::string text =
      absl::StrCat(Heading(Line(titles, columns_, shown, widths), style), "\n");
  for (const std::vector<std::string>& row : rows_) {
    absl::StrAppend(&text, Line(row, columns_, shown, widths), "\n");
  }
  return text;
}

std::string FitLine(const std::string& line, const OutputStyle& style) {
  return style.num_columns == 0 ? line : CutText(line, style.num_columns);
}

}  // namespace heapgrind

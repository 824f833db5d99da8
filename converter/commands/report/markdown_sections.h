// The sections of a report as Markdown: each a title and a table.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_REPORT_MARKDOWN_SECTIONS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_REPORT_MARKDOWN_SECTIONS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "converter/commands/report/markdown_table.h"
#include "converter/json/json_value.h"

namespace heapgrind {

class MarkdownSections {
 protected:
  // Of tables of at most `num_rows` rows.
  explicit MarkdownSections(uint64_t num_rows) : num_rows_(num_rows) {}

  static std::string Code(const JsonValue& text) { return CodeSpan(text.text); }

  static std::string Number(const JsonValue& number) {
    return absl::StrCat(number.is_negative ? "-" : "", number.number);
  }

  // The rows of a table that are shown.
  size_t NumShown(const std::vector<JsonValue>& rows) const {
    return std::min<uint64_t>(rows.size(), num_rows_);
  }

  // Places of the rows with most bytes, as many as are shown, without main.
  std::vector<size_t> LargestRows(const std::vector<JsonValue>& rows) const;

  // Appends a table below its title.
  void AddTable(absl::string_view title, const MarkdownTable& table,
                size_t num_shown, size_t num_all);

  // The table of threads, each with its frames and their local variables.
  void AddThreads(const std::vector<JsonValue>& threads);

  // The table of an array, or of an object with "rows".
  template <typename Cells>
  void AddRows(absl::string_view title, const JsonValue& table,
               const std::vector<MarkdownColumn>& columns, const Cells& cells) {
    const std::vector<JsonValue>& rows = table.kind == JsonValue::Kind::kArray
                                             ? table.elements
                                             : table["rows"].elements;
    if (rows.empty()) return;
    MarkdownTable text(columns);
    for (size_t i = 0; i < NumShown(rows); ++i) text.AddRow(cells(rows[i]));
    const size_t num_all = rows.size() + table["others"]["rows"].number;
    AddTable(title, text, NumShown(rows), num_all);
  }

  const uint64_t num_rows_;
  std::string text_;  // So far.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_REPORT_MARKDOWN_SECTIONS_H_

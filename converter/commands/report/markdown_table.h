// Tables of Markdown, and texts that are no markup.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_REPORT_MARKDOWN_TABLE_H_
#define HEAPGRIND_CONVERTER_COMMANDS_REPORT_MARKDOWN_TABLE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace heapgrind {

struct MarkdownColumn {
  std::string title;
  bool is_number = false;
};

class MarkdownTable {
 public:
  explicit MarkdownTable(std::vector<MarkdownColumn> columns)
      : columns_(std::move(columns)) {}

  // Cells are Markdown, one for each column.
  void AddRow(const std::vector<std::string>& cells);

  // All lines, each with a line feed.
  std::string Text() const;

 private:
  std::vector<MarkdownColumn> columns_;
  std::string rows_;
};

// `text` as a code span on one line, with what is hidden in it made visible
// (clean_name.h).  Nothing in a code span is markup; it may stand in a table.
std::string CodeSpan(absl::string_view text);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_REPORT_MARKDOWN_TABLE_H_

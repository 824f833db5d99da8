// A table as text: numbers to the right, names to the left, as wide as the
// terminal.
//
//       Objects  Bytes      Type
//          1021  63.2 KiB   str
//            12  10.0 KiB   dict
//
// Where the terminal is too narrow, columns that matter least are left out, and
// the last column's texts lose their middle.  Elsewhere nothing is left out,
// and the columns of a line are as wide as the widest one of theirs.

#ifndef HEAPGRIND_CONVERTER_CLI_TEXT_TABLE_H_
#define HEAPGRIND_CONVERTER_CLI_TEXT_TABLE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "converter/cli/terminal.h"

namespace heapgrind {

struct TableColumn {
  std::string title;
  bool is_number = true;
  // Columns with the largest rank are left out first; with 0, never.
  int rank = 0;
};

class TextTable {
 public:
  explicit TextTable(std::vector<TableColumn> columns)
      : columns_(std::move(columns)) {}

  // Adds a row of clean texts (clean_name.h), one for each column.
  void AddRow(std::vector<std::string> cells) {
    rows_.push_back(std::move(cells));
  }

  // All lines, each with a line feed.
  std::string Text(const OutputStyle& style) const;

 private:
  std::vector<size_t> ColumnsToShow(const std::vector<size_t>& widths,
                                    const OutputStyle& style) const;

  const std::vector<TableColumn> columns_;
  std::vector<std::vector<std::string>> rows_;
};

// A line of clean text without its middle, if the terminal is too narrow.
std::string FitLine(const std::string& line, const OutputStyle& style);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CLI_TEXT_TABLE_H_

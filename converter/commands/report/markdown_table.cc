#include "converter/commands/report/markdown_table.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "converter/base/clean_name.h"

namespace heapgrind {
namespace {

size_t LongestRun(absl::string_view text, char wanted) {
  size_t longest = 0;
  size_t run = 0;
  for (const char c : text) {
    run = c == wanted ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

void MarkdownTable::AddRow(const std::vector<std::string>& cells) {
  absl::StrAppend(&rows_, "| ", absl::StrJoin(cells, " | "), " |\n");
}

std::string MarkdownTable::Text() const {
  std::string titles = "|";
  std::string lines = "|";
  for (const MarkdownColumn& column : columns_) {
    absl::StrAppend(&titles, " ", column.title, " |");
    absl::StrAppend(&lines, column.is_number ? "---:|" : "---|");
  }
  return absl::StrCat(titles, "\n", lines, "\n", rows_);
}

// A span ends at as many backticks as it begins with (CommonMark 0.31, 6.1).  A
// `|` would end the cell of a table even there.
std::string CodeSpan(absl::string_view text) {
  const std::string clean = CleanName({text.data(), text.size()});
  const std::string fence(LongestRun(clean, '`') + 1, '`');
  const bool needs_blanks = clean.front() == '`' || clean.back() == '`';
  const char* const blank = needs_blanks ? " " : "";
  return absl::StrCat(fence, blank, absl::StrReplaceAll(clean, {{"|", "\\|"}}),
                      blank, fence);
}

}  // namespace heapgrind

#include "converter/commands/report/markdown_sections.h"

namespace heapgrind {

std::vector<size_t> MarkdownSections::LargestRows(
    const std::vector<JsonValue>& rows) const {
  std::vector<size_t> largest;
  for (size_t i = 1; i < rows.size(); ++i) largest.push_back(i);
  const size_t num_shown = std::min<uint64_t>(largest.size(), num_rows_);
  std::partial_sort(largest.begin(), largest.begin() + num_shown, largest.end(),
                    [&rows](size_t a, size_t b) {
                      const uint64_t bytes_a = rows[a]["bytes"].number;
                      const uint64_t bytes_b = rows[b]["bytes"].number;
                      return bytes_a != bytes_b ? bytes_a > bytes_b : a < b;
                    });
  largest.resize(num_shown);
  return largest;
}

void MarkdownSections::AddTable(absl::string_view title,
                                const MarkdownTable& table, size_t num_shown,
                                size_t num_all) {
  absl::StrAppend(&text_, "\n## ", title);
  if (num_shown < num_all) {
    absl::StrAppend(&text_, " (", num_shown, " of ", num_all, ")");
  }
  absl::StrAppend(&text_, "\n\n", table.Text());
}

void MarkdownSections::AddThreads(const std::vector<JsonValue>& threads) {
  MarkdownTable table({{"Bytes", true}, {"Objects", true}, {"Where"}});
  size_t num_rows = 0;
  const auto add = [&](const JsonValue& row, const std::string& where) {
    if (num_rows++ >= num_rows_) return;
    table.AddRow({Number(row["bytes"]), Number(row["objects"]), where});
  };
  for (const JsonValue& thread : threads) {
    add(thread, absl::StrCat("thread ", Code(thread["name"])));
    for (const JsonValue& frame : thread["frames"].elements) {
      const JsonValue& place = frame["place"];
      add(frame, absl::StrCat("frame ", Code(frame["name"]),
                              place.is_null() ? "" : " at ",
                              place.is_null() ? "" : Code(place)));
      for (const JsonValue& local : frame["locals"].elements) {
        add(local, absl::StrCat("local ", Code(local["name"]), ", ",
                                Code(local["type"])));
      }
    }
  }
  if (num_rows == 0) return;
  AddTable("Threads", table, std::min<uint64_t>(num_rows, num_rows_), num_rows);
}

}  // namespace heapgrind

#include "converter/python/code_lines.h"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace heapgrind {
namespace {

bool IsAnonymous(std::string_view qualname) {
  return !qualname.empty() && qualname.back() == '>';
}

}  // namespace

CodeLines::CodeLines(const HeapGraph& graph) {
  for (const auto& [node, definition] : graph.definitions) {
    if (graph.kind(node) != NodeKind::kCode || definition.file == kNoString ||
        definition.qualname == kNoString) {
      continue;
    }
    const std::string_view qualname = graph.strings.Text(definition.qualname);
    if (IsAnonymous(qualname)) continue;
    codes_of_file_[definition.file].push_back(
        {definition.line, std::max(definition.line, definition.last_line),
         definition.qualname});
  }
  for (auto& [file, found] : codes_of_file_) {
    std::sort(found.begin(), found.end(), [&](const Code& a, const Code& b) {
      return std::make_tuple(a.line, ~a.last_line,
                             graph.strings.Text(a.qualname)) <
             std::make_tuple(b.line, ~b.last_line,
                             graph.strings.Text(b.qualname));
    });
  }
}

CodeLines::Code CodeLines::Find(StringId file, uint32_t line) const {
  const auto codes = codes_of_file_.find(file);
  if (codes == codes_of_file_.end()) return {};
  const auto behind = std::upper_bound(
      codes->second.begin(), codes->second.end(), line,
      [](uint32_t wanted, const Code& code) { return wanted < code.line; });
  for (auto code = behind; code != codes->second.begin();) {
    --code;
    // The function object was made by who ran the line of the `def`.
    const bool is_def = code->line == line && code->last_line > line;
    if (code->last_line >= line && !is_def) return *code;
  }
  return {};
}

}  // namespace heapgrind

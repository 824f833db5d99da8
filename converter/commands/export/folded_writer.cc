#include "converter/commands/export/folded_writer.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace heapgrind {

void WriteFolded(const std::vector<StackRow>& rows,
                 absl::FunctionRef<void(absl::string_view)> write) {
  for (uint32_t i = 0; i < rows.size(); ++i) {
    if (rows[i].self.bytes == 0) continue;
    const std::vector<uint32_t> stack = StackOf(rows, i);
    std::string line;
    for (auto row = stack.rbegin(); row != stack.rend(); ++row) {
      absl::StrAppend(
          &line, line.empty() ? "" : ";",
          absl::StrReplaceAll(rows[*row].name, {{";", "<U+003B>"}}));
    }
    write(absl::StrCat(line, " ", rows[i].self.bytes, "\n"));
  }
}

}  // namespace heapgrind

#include "converter/cli/closest_name.h"

#include <algorithm>

#include "absl/strings/match.h"

namespace heapgrind {
namespace {

constexpr size_t kMaxEdits = 2;

// Damerau, "A technique for computer detection and correction of spelling
// errors", 1964: the distance by edits of which none touches another.
size_t NumEdits(absl::string_view a, absl::string_view b) {
  std::vector<std::vector<size_t>> edits(a.size() + 1,
                                         std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) edits[i][0] = i;
  for (size_t j = 0; j <= b.size(); ++j) edits[0][j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced =
          edits[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      edits[i][j] =
          std::min({replaced, edits[i - 1][j] + 1, edits[i][j - 1] + 1});
      const bool is_swap =
          i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_swap) edits[i][j] = std::min(edits[i][j], edits[i - 2][j - 2] + 1);
    }
  }
  return edits[a.size()][b.size()];
}

}  // namespace

std::string ClosestName(absl::string_view word,
                        const std::vector<std::string>& names) {
  // Nobody means a name by a page of text.
  if (word.empty() || word.size() > 100) return "";
  for (const std::string& name : names) {
    if (absl::StartsWith(name, word)) return name;
  }
  std::string closest;
  size_t fewest = kMaxEdits + 1;
  for (const std::string& name : names) {
    const size_t edits = NumEdits(word, name);
    if (edits >= fewest || 2 * edits >= name.size()) continue;
    fewest = edits;
    closest = name;
  }
  return closest;
}

}  // namespace heapgrind

#include "converter/profile/hidden_keys.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "converter/python/builtin_types.h"

namespace heapgrind {
namespace {

bool IsIdentifier(std::string_view text) {
  if (text.empty() || absl::ascii_isdigit(text[0])) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c == '_' || absl::ascii_isalnum(c); });
}

}  // namespace

void HideTexts(HeapGraph* graph) {
  std::vector<bool> is_text;
  for (const Shape& shape : graph->shapes) {
    is_text.push_back(IsAtomicType(graph->strings.Text(shape.type)));
  }
  for (NodeId node = 0; node < graph->num_nodes(); ++node) {
    StringId& text = graph->text[node];
    if (text == kNoString || !is_text[graph->shape_of_node[node]]) continue;
    if (!IsIdentifier(graph->strings.Text(text))) text = kNoString;
  }
}

}  // namespace heapgrind

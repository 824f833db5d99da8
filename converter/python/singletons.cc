#include "converter/python/singletons.h"

#include <string_view>

namespace heapgrind {
namespace {

bool IsSmallInteger(std::string_view text) {
  // CPython keeps -5 to 256: Objects/longobject.c, 3.11.
  if (text.empty() || text.size() > 3) return false;
  int value = 0;
  const bool is_negative = text[0] == '-';
  for (const char digit : text.substr(is_negative ? 1 : 0)) {
    if (digit < '0' || digit > '9') return false;
    value = 10 * value + (digit - '0');
  }
  return is_negative ? value <= 5 : value <= 256;
}

}  // namespace

bool IsSingleton(const HeapGraph& graph, NodeId node) {
  const std::string_view type = graph.type(node);
  if (type == "NoneType" || type == "bool" || type == "ellipsis" ||
      type == "NotImplementedType") {
    return true;
  }
  const StringId value = graph.text[node];
  if (value == kNoString) return false;
  const std::string_view text = graph.strings.Text(value);
  if (type == "int") return IsSmallInteger(text);
  const bool is_text = type == "str" || type == "bytes" || type == "unicode";
  return is_text && text.size() <= 1;
}

}  // namespace heapgrind

#include "converter/commands/walk/key_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/types/span.h"
#include "converter/commands/walk/python_text.h"
#include "converter/python/builtin_types.h"

namespace heapgrind {
namespace {

// A longer tuple is known by its address.
constexpr size_t kMaxElements = 4;

// The text of a key, or of another node that may have one: its value, or what
// the graph keeps of it.
std::string_view TextOf(const WalkHeap& heap, NodeId node) {
  const std::string_view value = heap.values().Text(node);
  if (value.data() != nullptr) return value;
  const StringId text = heap.graph().text[node];
  return text == kNoString ? std::string_view()
                           : heap.graph().strings.Text(text);
}

// A key that is no tuple, as Python writes it; "" if it has no text.
std::string AtomText(const WalkHeap& heap, NodeId node) {
  const std::string_view type = heap.graph().type(node);
  if (type == "NoneType") return "None";
  const std::string name = heap.key_names().OfNamed(node);
  if (!name.empty()) return name;
  const std::string_view text = TextOf(heap, node);
  if (text.data() == nullptr) return "";
  if (type == "bytes") return absl::StrCat("b", QuotedText(text));
  if (IsTextType(type)) return QuotedText(text);
  const bool is_number =
      type == "int" || type == "long" || type == "float" || type == "bool";
  return is_number ? std::string(text) : "";
}

std::string TupleText(const WalkHeap& heap, NodeId node) {
  const absl::Span<const NodeId> elements = heap.graph().References(node);
  if (elements.empty() || elements.size() > kMaxElements) return "";
  std::string text = "(";
  for (const NodeId element : elements) {
    const std::string atom = element == kNoNode ? "" : AtomText(heap, element);
    if (atom.empty()) return "";
    absl::StrAppend(&text, text.size() > 1 ? ", " : "", atom);
  }
  return absl::StrCat(text, elements.size() == 1 ? ",)" : ")");
}

}  // namespace

std::string AddressText(const WalkHeap& heap, NodeId node) {
  return absl::StrFormat("0x%x", heap.graph().address[node]);
}

std::string KeyText(const WalkHeap& heap, NodeId key) {
  if (key == kNoNode) return "?";
  const bool is_tuple = heap.graph().type(key) == "tuple";
  const std::string text =
      is_tuple ? TupleText(heap, key) : AtomText(heap, key);
  return text.empty() ? AddressText(heap, key) : text;
}

std::string_view TextOfKey(const WalkHeap& heap, NodeId key) {
  if (key == kNoNode) return {};
  const std::string_view type = heap.graph().type(key);
  return IsTextType(type) ? TextOf(heap, key) : std::string_view();
}

}  // namespace heapgrind

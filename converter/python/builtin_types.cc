#include "converter/python/builtin_types.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "converter/base/abseil_view.h"

namespace heapgrind {
namespace {

using TypeSet = absl::flat_hash_set<absl::string_view>;

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

// Or two of them, True and False.
bool HasOneObject(std::string_view type) {
  return type == "NoneType" || type == "bool" || type == "ellipsis" ||
         type == "NotImplementedType";
}

}  // namespace

bool IsTextType(std::string_view type) {
  return type == "str" || type == "bytes" || type == "unicode";
}

bool IsContainerType(std::string_view type) {
  static const auto* const kTypes = new TypeSet{
      "Counter", "OrderedDict", "cell",         "defaultdict", "deque", "dict",
      "list",    "frozenset",   "mappingproxy", "set",         "tuple"};
  return kTypes->contains(View(type));
}

std::vector<bool> FindContainerShapes(const HeapGraph& graph) {
  std::vector<bool> is_container;
  for (const Shape& shape : graph.shapes) {
    is_container.push_back(IsContainerType(graph.strings.Text(shape.type)));
  }
  return is_container;
}

bool IsSequenceType(std::string_view type) {
  return type == "list" || type == "tuple" || type == "deque" ||
         type == "Element" || type == "ndarray";
}

std::vector<bool> FindElementShapes(const HeapGraph& graph) {
  std::vector<bool> has_elements = FindContainerShapes(graph);
  for (size_t i = 0; i < has_elements.size(); ++i) {
    const std::string_view type = graph.strings.Text(graph.shapes[i].type);
    if (IsSequenceType(type)) has_elements[i] = true;
  }
  return has_elements;
}

std::vector<bool> FindGeneratorShapes(const HeapGraph& graph) {
  std::vector<bool> is_generator;
  for (const Shape& shape : graph.shapes) {
    const std::string_view type = graph.strings.Text(shape.type);
    is_generator.push_back(type == "generator" || type == "coroutine" ||
                           type == "async_generator");
  }
  return is_generator;
}

bool IsAtomicType(std::string_view type) {
  static const auto* const kTypes =
      new TypeSet{"bool", "bytes", "complex",  "ellipsis", "float",
                  "int",  "long",  "NoneType", "str",      "unicode"};
  return kTypes->contains(View(type));
}

bool IsSingleton(const HeapGraph& graph, NodeId node) {
  const std::string_view type = graph.type(node);
  if (HasOneObject(type)) return true;
  if (!graph.is_singleton.empty()) return graph.is_singleton[node];
  const bool is_integer = type == "int";
  if (!is_integer && !IsTextType(type)) return false;
  const StringId value = graph.text[node];
  if (value == kNoString) return false;
  const std::string_view text = graph.strings.Text(value);
  return is_integer ? IsSmallInteger(text) : text.size() <= 1;
}

std::vector<bool> FindSingletonShapes(const HeapGraph& graph) {
  std::vector<bool> has_singletons;
  for (const Shape& shape : graph.shapes) {
    const std::string_view type = graph.strings.Text(shape.type);
    has_singletons.push_back(HasOneObject(type) || type == "int" ||
                             type == "tuple" || IsTextType(type));
  }
  return has_singletons;
}

}  // namespace heapgrind

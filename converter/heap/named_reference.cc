#include "converter/heap/named_reference.h"

#include <algorithm>

namespace heapgrind {

NamedReference::NamedReference(const HeapGraph& graph, std::string_view name)
    : graph_(graph), place_of_shape_(graph.shapes.size(), kNowhere) {
  const StringId id = graph.strings.Find(name);
  if (id == kNoString) return;
  for (size_t i = 0; i < graph.shapes.size(); ++i) {
    const std::vector<StringId>& names = graph.shapes[i].names;
    const auto place = std::find(names.begin(), names.end(), id);
    if (place == names.end()) continue;
    place_of_shape_[i] = static_cast<uint32_t>(place - names.begin());
  }
}

}  // namespace heapgrind

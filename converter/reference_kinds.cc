#include "converter/reference_kinds.h"

#include <algorithm>
#include <string_view>

namespace heapgrind {
namespace {

constexpr std::string_view kBorrowedNames[] = {
    "__builtins__", "__globals__", "f_back",    "f_builtins",
    "f_code",       "f_func",      "f_globals", "gi_code"};

constexpr std::string_view kOwnedByFrame[] = {"called", "f_frame"};

template <size_t kCount>
bool IsOneOf(const std::string_view (&names)[kCount], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

}  // namespace

ReferenceKinds::ReferenceKinds(const HeapGraph& graph) : graph_(graph) {}

ReferenceKinds::ReferenceKinds(const HeapGraph& graph, const Homes& homes)
    : graph_(graph), has_home_(graph.num_nodes()) {
  for (const auto& [node, home] : homes) has_home_[node] = true;
  for (const std::string_view name : kBorrowedNames) {
    const StringId id = graph.strings.Find(name);
    if (id == kNoString) continue;
    kind_of_name_.resize(std::max<size_t>(kind_of_name_.size(), id + 1),
                         ReferenceKind::kOwning);
    kind_of_name_[id] = ReferenceKind::kBorrowed;
  }
}

ReferenceKind ReferenceKinds::Of(NodeId source, size_t index) const {
  if (has_home_.empty()) return ReferenceKind::kOwning;
  const NodeId target = graph_.References(source)[index];
  if (has_home_[target]) return ReferenceKind::kBorrowed;
  const Shape& shape = graph_.shape(source);
  const bool is_frame = shape.kind == NodeKind::kFrame;
  if (shape.names.empty() && !is_frame) return ReferenceKind::kOwning;
  const StringId name = graph_.ReferenceName(source, index);
  if (name < kind_of_name_.size() &&
      kind_of_name_[name] == ReferenceKind::kBorrowed) {
    return ReferenceKind::kBorrowed;
  }
  const bool is_owned =
      !is_frame || IsOneOf(kOwnedByFrame, graph_.strings.Text(name));
  return is_owned ? ReferenceKind::kOwning : ReferenceKind::kLocal;
}

}  // namespace heapgrind

#include "converter/python/wrapped_functions.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace heapgrind {
namespace {

constexpr size_t kMaxParts = 64;       // Of all wrappers around one function.
constexpr size_t kMaxReferences = 64;  // A wrapper's parts are small.

class WrapperSearch {
 public:
  WrapperSearch(const HeapGraph& graph, const Namespaces& namespaces,
                const ModuleTable& modules, NodeId function)
      : graph_(graph),
        namespaces_(namespaces),
        modules_(modules),
        function_(function) {}

  // Breadth first, so that a wrapper's own part counts before a distant one.
  NodeId From(NodeId outermost) {
    if (!CanWrap(outermost)) return kNoNode;
    parts_.push_back({outermost, outermost});
    for (size_t i = 0; i < parts_.size(); ++i) {
      const auto [part, wrapper] = parts_[i];
      for (const NodeId target : graph_.References(part)) {
        if (target == function_) return wrapper;
        if (target != kNoNode) Add(target, wrapper);
      }
    }
    return kNoNode;
  }

 private:
  void Add(NodeId target, NodeId wrapper) {
    const bool is_wrapper = IsWrapper(target);
    if (parts_.size() >= kMaxParts || !(is_wrapper || IsPart(target))) return;
    const bool is_known = std::any_of(
        parts_.begin(), parts_.end(),
        [target](const auto& known) { return known.first == target; });
    if (is_known) return;
    parts_.push_back({target, is_wrapper ? target : wrapper});
  }

  bool CanWrap(NodeId node) const {
    const NodeKind kind = graph_.kind(node);
    return kind == NodeKind::kFunction || kind == NodeKind::kObject;
  }

  // Another function of the same name: one decorator inside of another.
  bool IsWrapper(NodeId node) const {
    return graph_.kind(node) == NodeKind::kFunction &&
           graph_.text[node] == graph_.text[function_];
  }

  bool IsPart(NodeId node) const {
    if (graph_.References(node).size() > kMaxReferences) return false;
    const std::string_view type = graph_.type(node);
    return type == "tuple" || type == "cell" ||
           (namespaces_.IsNamespace(node) &&
            modules_.ModuleOfDict(node) == kNoNode);
  }

  const HeapGraph& graph_;
  const Namespaces& namespaces_;
  const ModuleTable& modules_;
  const NodeId function_;
  std::vector<std::pair<NodeId, NodeId>> parts_;  // Part and its wrapper.
};

}  // namespace

NodeId FindWrapper(const HeapGraph& graph, const Namespaces& namespaces,
                   const ModuleTable& modules, NodeId outermost,
                   NodeId function) {
  return WrapperSearch(graph, namespaces, modules, function).From(outermost);
}

}  // namespace heapgrind

#include "converter/callgraph/owner_calls.h"

#include <algorithm>
#include <utility>

#include "absl/types/span.h"
#include "converter/graph/row_starts.h"

namespace heapgrind {
namespace {

class OwnerCalls {
 public:
  OwnerCalls(const DominatorTree& tree, const std::vector<uint32_t>& function,
             const std::vector<Cost>& retained, size_t num_functions)
      : tree_(tree),
        function_(function),
        retained_(retained),
        call_to_(num_functions, NoCall()) {
    SortByCaller();
  }

  // The calls of a function.
  std::vector<Call> Of(uint32_t caller) {
    std::vector<uint32_t> callees;
    for (const NodeId node : NodesOf(caller)) {
      Call& call = call_to_[function_[node]];
      if (call.count++ == 0) callees.push_back(function_[node]);
      call.inclusive += retained_[node];
    }
    std::sort(callees.begin(), callees.end());
    std::vector<Call> calls;
    calls.reserve(callees.size());
    for (const uint32_t callee : callees) {
      calls.push_back(std::exchange(call_to_[callee], NoCall()));
      calls.back().callee = callee;
    }
    return calls;
  }

 private:
  static Call NoCall() {
    Call call;
    call.count = 0;
    return call;
  }

  void SortByCaller() {
    std::vector<uint32_t> sizes(call_to_.size() + 1);
    for (const NodeId node : tree_.preorder) {
      if (IsCalled(node)) ++sizes[function_[tree_.idom[node]] + 1];
    }
    std::vector<uint32_t> num_left = sizes;
    first_ = RowStarts::OfSizes(std::move(sizes));
    nodes_.resize(first_.end());
    for (const NodeId node : tree_.preorder) {
      if (!IsCalled(node)) continue;
      const uint32_t caller = function_[tree_.idom[node]];
      nodes_[first_[caller] + --num_left[caller + 1]] = node;
    }
  }

  bool IsCalled(NodeId node) const {
    const NodeId owner = tree_.idom[node];
    return owner != kNoDominator && function_[owner] != function_[node];
  }

  absl::Span<const NodeId> NodesOf(uint32_t caller) const {
    return {nodes_.data() + first_[caller], first_.SizeOf(caller)};
  }

  const DominatorTree& tree_;
  const std::vector<uint32_t>& function_;
  const std::vector<Cost>& retained_;
  RowStarts first_;            // By caller: its nodes among nodes_.
  std::vector<NodeId> nodes_;  // Those that are called.
  std::vector<Call> call_to_;  // By callee; counts are 0 between two callers.
};

}  // namespace

void AddOwnerCalls(const DominatorTree& tree,
                   const std::vector<uint32_t>& function,
                   const std::vector<Cost>& retained, CallGraph* call_graph) {
  std::vector<Function>& functions = call_graph->functions;
  OwnerCalls calls(tree, function, retained, functions.size());
  for (uint32_t i = 0; i < functions.size(); ++i) {
    functions[i].calls = calls.Of(i);
  }
}

}  // namespace heapgrind

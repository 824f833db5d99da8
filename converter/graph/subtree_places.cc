#include "converter/graph/subtree_places.h"

#include "converter/base/fetch_ahead.h"

namespace heapgrind {
namespace {

// How many nodes ahead memory is fetched.
constexpr size_t kAhead = 16;

// Fetches who owns the node `later`, and the ends of it and of the owner of the
// node `soon`, which is known by now.
void FetchEnds(const DominatorTree& tree, const std::vector<uint32_t>& end,
               uint32_t later, uint32_t soon) {
  FetchAhead(&tree.idom[later]);
  FetchAheadToWrite(&end[later]);
  const uint32_t owner = tree.idom[soon];
  if (owner != kNoDominator) FetchAheadToWrite(&end[owner]);
}

}  // namespace

SubtreePlaces PlaceSubtrees(const DominatorTree& tree) {
  SubtreePlaces places;
  std::vector<uint32_t>& begin = places.begin;
  std::vector<uint32_t>& end = places.end;
  begin.resize(tree.idom.size());
  end.resize(tree.idom.size());
  // First `end` has sizes.
  const std::vector<uint32_t>& preorder = tree.preorder;
  for (size_t i = preorder.size(); i-- > 0;) {
    if (i >= 2 * kAhead) {
      FetchEnds(tree, end, preorder[i - 2 * kAhead], preorder[i - kAhead]);
    }
    const uint32_t owner = tree.idom[preorder[i]];
    const uint32_t size = ++end[preorder[i]];
    if (owner != kNoDominator) end[owner] += size;
  }
  // Then where the next child's subtree begins: at last, behind the last one.
  for (size_t i = 0; i < preorder.size(); ++i) {
    if (i + 2 * kAhead < preorder.size()) {
      FetchEnds(tree, end, preorder[i + 2 * kAhead], preorder[i + kAhead]);
      FetchAheadToWrite(&begin[preorder[i + 2 * kAhead]]);
    }
    const uint32_t node = preorder[i];
    const uint32_t size = end[node];
    if (tree.idom[node] != kNoDominator) {
      begin[node] = end[tree.idom[node]];
      end[tree.idom[node]] += size;
    }
    end[node] = begin[node] + 1;
  }
  return places;
}

SubtreeOrder OrderSubtrees(const DominatorTree& tree) {
  const SubtreePlaces places = PlaceSubtrees(tree);
  SubtreeOrder order;
  order.node.resize(tree.preorder.size());
  order.end.resize(tree.preorder.size());
  for (uint32_t node = 0; node < places.begin.size(); ++node) {
    if (places.begin[node] == places.end[node]) continue;
    order.node[places.begin[node]] = node;
    order.end[places.begin[node]] = places.end[node];
  }
  return order;
}

}  // namespace heapgrind

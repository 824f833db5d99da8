#include "converter/commands/diff/stayed_identities.h"

#include <utility>

namespace heapgrind {
namespace {

// The elements of `wanted` for which `others` has the same object, or has not.
std::vector<ObjectIdentity> Select(const std::vector<ObjectIdentity>& others,
                                   const std::vector<ObjectIdentity>& wanted,
                                   bool in_both) {
  std::vector<ObjectIdentity> selected;
  size_t i = 0;
  for (const ObjectIdentity& object : wanted) {
    while (i < others.size() && others[i].address < object.address) ++i;
    const bool is_in_both = i < others.size() &&
                            others[i].address == object.address &&
                            IsSameObject(others[i], object);
    if (is_in_both == in_both) selected.push_back(object);
  }
  return selected;
}

}  // namespace

std::vector<ObjectIdentity> WithoutThoseOf(
    const std::vector<ObjectIdentity>& before,
    const std::vector<ObjectIdentity>& after) {
  return Select(before, after, false);
}

std::vector<ObjectIdentity> StillIn(
    const std::vector<ObjectIdentity>& heap,
    const std::vector<ObjectIdentity>& candidates) {
  return Select(heap, candidates, true);
}

void StayedSearch::Add(std::vector<ObjectIdentity> heap) {
  ++num_heaps_;
  if (num_heaps_ == 1) {
    first_ = std::move(heap);
    return;
  }
  candidates_ = num_heaps_ == 2 ? WithoutThoseOf(first_, heap)
                                : StillIn(heap, candidates_);
  first_ = {};
}

std::vector<bool> NodesOf(const std::vector<ObjectIdentity>& objects,
                          AnalyzedHeap* heap) {
  std::vector<bool> is_one(heap->owners().ownership.num_nodes());
  NodeId node = 0;
  for (const ObjectIdentity& object : objects) {
    while (heap->graph().address[node] < object.address) ++node;
    is_one[node] = true;
  }
  return is_one;
}

}  // namespace heapgrind

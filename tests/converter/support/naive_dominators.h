// Immediate dominators straight from their definition, as an oracle for tests.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_NAIVE_DOMINATORS_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_NAIVE_DOMINATORS_H_

#include <cstdint>
#include <vector>

#include "converter/graph/components.h"

namespace heapgrind {

// By node: whether a walk from `root` reaches it that never enters `removed`,
// which may be no node at all.
std::vector<bool> ReachedWithout(const Adjacency& graph, uint32_t root,
                                 uint32_t removed);

// By node, as DominatorTree::idom.  A node dominates what a walk without it
// does not reach; the immediate dominator is the one with the most dominators
// of its own.  Takes nodes * (nodes + edges) steps.
std::vector<uint32_t> NaiveIdoms(const Adjacency& graph, uint32_t root);

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_NAIVE_DOMINATORS_H_

// The references of a heap snapshot: what each node refers to, by which name,
// and whether it owns it.
//
// Owning references are strong, and all others weak, so that dominators and
// retained sizes, as viewers compute them, are ours.  What belongs to a node
// that does not refer to it has an edge `home`.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_EXPORT_SNAPSHOT_EDGES_H_
#define HEAPGRIND_CONVERTER_COMMANDS_EXPORT_SNAPSHOT_EDGES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "converter/commands/analyzed_heap.h"
#include "converter/commands/export/snapshot_strings.h"
#include "converter/heap/heap_graph.h"
#include "converter/owners/ownership.h"
#include "converter/python/key_names.h"

namespace heapgrind {

// V8's, in the order in which the snapshot's `meta` lists them.
enum class SnapshotEdgeType {
  kContext,
  kElement,  // Has an index for a name; all others that we use have texts.
  kProperty,
  kInternal,
  kHidden,
  kShortcut,
  kWeak,
};

struct SnapshotEdge {
  SnapshotEdgeType type;
  uint32_t name;  // Place in the strings, or an index.
  NodeId target;  // Of the ownership graph.
};

class SnapshotEdges {
 public:
  // All must outlive it.
  SnapshotEdges(AnalyzedHeap* heap, SnapshotStrings* strings);

  // Those of a node of the ownership graph; valid until the next call.  Of a
  // node with n references in O(n log n).
  const std::vector<SnapshotEdge>& Of(NodeId node);

 private:
  void AddReferences(NodeId object);
  void AddReferencesOfRoot(const Root& root);
  void AddOwnedWithoutReference();
  SnapshotEdge NameOf(NodeId object, size_t index);
  SnapshotEdge NameOfItem(NodeId key);
  void Add(SnapshotEdge edge, NodeId target);

  const HeapGraph& graph_;
  const OwnershipGraph& ownership_;
  const KeyNames key_names_;
  SnapshotStrings& strings_;
  const uint32_t key_;   // "key".
  const uint32_t home_;  // "home".
  const uint32_t any_;   // "[*]".
  // Of the node at hand: whom it owns, in order; whether there is an edge to
  // that yet; and the edges.
  std::vector<NodeId> owned_;
  std::vector<bool> is_named_;
  std::vector<SnapshotEdge> edges_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_EXPORT_SNAPSHOT_EDGES_H_

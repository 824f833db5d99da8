// The nodes of a heap snapshot: their order, types, names and sizes.
//
//     0              main
//     1 .. n         objects, by address
//     n + 1 ..       roots, then what no root leads to
//     behind these   parts of objects that are too large for one node
//
// Readers keep sizes in 32 bits.  A larger object is a node of that size, and
// below it a node for each other part, which says which it is.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_EXPORT_SNAPSHOT_NODES_H_
#define HEAPGRIND_CONVERTER_COMMANDS_EXPORT_SNAPSHOT_NODES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/commands/analyzed_heap.h"
#include "converter/commands/export/snapshot_strings.h"
#include "converter/commands/value_texts.h"

namespace heapgrind {

// V8's, in the order in which the snapshot's `meta` lists them.
enum class SnapshotNodeType {
  kHidden,
  kArray,
  kString,
  kObject,
  kCode,
  kClosure,
  kRegexp,
  kNumber,
  kNative,
  kSynthetic,
};

struct SnapshotNode {
  SnapshotNodeType type;
  uint32_t name;  // Place in the strings.
  uint32_t size;  // Bytes.
};

class SnapshotNodes {
 public:
  static constexpr uint64_t kMaxSize = UINT32_MAX;

  // All must outlive it.  With `texts`, strings go by theirs.
  SnapshotNodes(const ValueTexts* texts, AnalyzedHeap* heap,
                SnapshotStrings* strings);

  // Calls visit(node) for each node of the ownership graph, in the order of the
  // snapshot.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    visit(main_);
    for (NodeId node = 0; node < num_nodes_; ++node) {
      if (node != main_) visit(node);
    }
  }

  // The place of a node of the ownership graph in the snapshot.
  uint64_t PlaceOf(NodeId node) const {
    return node < main_ ? uint64_t{node} + 1 : node == main_ ? 0 : node;
  }

  SnapshotNode Of(NodeId node) const;

  // How many nodes besides its own an object is.
  uint64_t NumPartsOf(NodeId node) const;

  // The `part`-th of these, from 0.
  SnapshotNode PartOf(NodeId node, uint64_t part) const;

  // Those without parts.
  uint64_t num_whole() const { return num_nodes_; }

 private:
  SnapshotNode OfAnchor(NodeId node) const;
  std::string TextOf(NodeId node) const;

  const ValueTexts* const texts_;
  const HeapGraph& graph_;
  const OwnershipGraph& ownership_;
  const TypeNames& type_names_;
  SnapshotStrings& strings_;
  const std::vector<std::string> root_names_;
  const NodeId main_;
  const NodeId num_nodes_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_EXPORT_SNAPSHOT_NODES_H_

// The tree of labels: dominator tree nodes of one owner and one label, merged.
//
// A chain of one shape (linked list, tree, parser output) folds: a node whose
// label its owner has already is that owner, and what lies between them, if
// anything, becomes part of it.
//
//     Node::root                    Node::root
//       Node::next                    Node::next  (recursive)
//         Node::next          ->
//
//     Node::tree                    Node::tree
//       list::children                list::children
//         Node::[*]                     Node::[*]  (recursive, holds the
//           list::children    ->                    lists between its nodes)
//             Node::[*]
//
// So every function is a connected piece of the dominator tree, and its
// inclusive cost stays the sum of what its topmost objects retain.  Between two
// containers of one label there must be nothing but containers; of list and
// Node above, the Node folds.

#ifndef HEAPGRIND_CONVERTER_PROFILE_LABEL_TRIE_H_
#define HEAPGRIND_CONVERTER_PROFILE_LABEL_TRIE_H_

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "converter/base/fetch_ahead.h"
#include "converter/profile/labels.h"

namespace heapgrind {

using TrieId = uint32_t;
inline constexpr TrieId kTrieRoot = 0;

// What the tree must know of a label.
struct TrieLabel {
  uint32_t number = 0;  // Equal labels have equal numbers, others others.
  bool is_named = false;
  bool has_sharers = false;
  bool is_single = false;  // Of one object.
  bool is_container = false;

  TrieLabel() = default;
  // Objects of one label are containers or not, all of them.
  TrieLabel(uint32_t number, const Label& label, bool is_container)
      : number(number),
        is_named(label.is_named()),
        has_sharers(label.sharers != kNoString),
        is_single(label.object != kNoNode),
        is_container(is_container) {}
};

class LabelTrie {
 public:
  LabelTrie() { AddNode(); }
  LabelTrie(const LabelTrie&) = delete;
  LabelTrie& operator=(const LabelTrie&) = delete;

  // The child of `parent` with `label`, made if it is new; what it has become
  // by folding is its Find().  Amortised constant time, but for folding, which
  // looks at a bounded number of ancestors.
  TrieId Child(TrieId parent, const TrieLabel& label);

  // What `id` has become by folding.
  TrieId Find(TrieId id) const;

  // Counts an object to what `id` is and becomes.
  void AddObject(TrieId id, uint64_t bytes);

  // Of an id that is its own Find().
  TrieId Parent(TrieId id) const { return Find(At(id).above); }
  uint32_t LabelOf(TrieId id) const { return At(id).label.number; }
  bool IsRecursive(TrieId id) const { return At(id).is_recursive; }
  bool HasObjects(TrieId id) const { return At(id).has_objects; }
  uint64_t BytesOfObjects(TrieId id) const { return At(id).bytes; }

  size_t num_ids() const { return num_ids_; }

  // Fetch what Find(id) and, of an id that is its own Find(), Child(id, label)
  // will need first.
  void Prefetch(TrieId id) const { FetchAhead(&At(id)); }
  void PrefetchChild(TrieId id, const TrieLabel& label) const {
    if (IsIndexed(id)) {
      indexed_.prefetch(KeyOf(id, label.number));
    } else {
      Prefetch(At(id).first_child);
    }
  }

 private:
  struct alignas(32) Node {
    uint64_t bytes = 0;              // Of its objects.
    TrieId above = kTrieRoot;        // Its parent, or on the way to Find().
    TrieId first_child = kTrieRoot;  // kTrieRoot: none.
    TrieId next_sibling = kTrieRoot;
    TrieLabel label;
    uint16_t depth = 0;
    uint8_t num_listed = 0;  // Children; kMaxListed + 1: more.
    bool is_merged : 1;      // Is not its own Find().
    bool is_recursive : 1;
    bool has_objects : 1;

    Node() : is_merged(false), is_recursive(false), has_objects(false) {}
  };

  // More children than this are found by hash; most nodes have one or two.
  static constexpr uint8_t kMaxListed = 8;

  // What tells a node apart from all others: two 32-bit numbers.
  using Key = uint64_t;
  static Key KeyOf(TrieId parent, uint32_t label) {
    return uint64_t{parent} << 32 | label;
  }

  TrieId FindChild(TrieId parent, uint32_t label) const;
  bool IsIndexed(TrieId id) const { return At(id).num_listed > kMaxListed; }

  TrieId FoldTarget(TrieId parent, const TrieLabel& label) const;
  TrieId Fold(TrieId ancestor, TrieId descendant);
  void Merge(TrieId into, TrieId from);
  void MoveChildren(TrieId target, TrieId source,
                    std::vector<std::pair<TrieId, TrieId>>* waiting);
  TrieId Add(TrieId parent, const TrieLabel& label);
  void Attach(TrieId parent, TrieId child);
  void Index(TrieId parent);
  TrieId AddNode();

  Node& At(TrieId id) const {
    return blocks_[id / kNodesOfBlock][id % kNodesOfBlock];
  }

  // Nodes stay where they are: a vector of them would be copied when it grows,
  // and take twice its size meanwhile.
  static constexpr TrieId kNodesOfBlock = 4096;
  std::vector<std::unique_ptr<Node[]>> blocks_;
  TrieId num_ids_ = 0;
  // The children, dead ones too, of nodes that have many.
  absl::flat_hash_map<Key, TrieId> indexed_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_LABEL_TRIE_H_

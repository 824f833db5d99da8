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
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "converter/profile/labels.h"

namespace heapgrind {

using TrieId = uint32_t;
inline constexpr TrieId kTrieRoot = 0;

class LabelTrie {
 public:
  LabelTrie();
  LabelTrie(const LabelTrie&) = delete;
  LabelTrie& operator=(const LabelTrie&) = delete;

  // The child of `parent` with `label`, made if it is new.  Objects of one
  // label are containers or not, all of them.  Amortised constant time, but for
  // folding, which looks at a bounded number of ancestors.
  TrieId Child(TrieId parent, const Label& label, bool is_container);

  // What `id` has become by folding.
  TrieId Find(TrieId id) const;

  // Of an id that is its own Find().
  TrieId Parent(TrieId id) const { return Find(At(id).parent); }
  const Label& LabelOf(TrieId id) const { return At(id).label; }
  bool IsRecursive(TrieId id) const { return At(id).is_recursive; }

  size_t num_ids() const { return num_ids_; }

 private:
  struct Node {
    TrieId parent = kTrieRoot;
    TrieId became = kTrieRoot;       // Itself, or on the way to Find().
    TrieId first_child = kTrieRoot;  // kTrieRoot: none.
    TrieId next_sibling = kTrieRoot;
    uint16_t depth = 0;
    bool is_recursive = false;
    bool is_container = false;
    Label label;
  };

  // What tells a node apart from all others.
  struct Key {
    TrieId parent;
    const Label& label;
  };

  // The set of nodes by key holds their numbers alone: a third of the memory
  // of a map from keys.
  class KeyOf {
   public:
    explicit KeyOf(const LabelTrie* trie) : trie_(trie) {}
    Key operator()(TrieId id) const;
    const Key& operator()(const Key& key) const { return key; }

   private:
    const LabelTrie* trie_;
  };
  struct HashKey : KeyOf {
    using is_transparent = void;
    using KeyOf::KeyOf;
    template <typename T>
    size_t operator()(const T& id_or_key) const {
      const Key& key = KeyOf::operator()(id_or_key);
      return absl::HashOf(key.parent, key.label);
    }
  };
  struct EqualKeys : KeyOf {
    using is_transparent = void;
    using KeyOf::KeyOf;
    template <typename A, typename B>
    bool operator()(const A& a, const B& b) const {
      const Key& one = KeyOf::operator()(a);
      const Key& other = KeyOf::operator()(b);
      return one.parent == other.parent && one.label == other.label;
    }
  };

  TrieId FoldTarget(TrieId parent, const Label& label, bool is_container) const;
  TrieId Fold(TrieId ancestor, TrieId descendant);
  void Merge(TrieId into, TrieId from);
  TrieId Add(TrieId parent, const Label& label, bool is_container);
  TrieId AddNode();

  Node& At(TrieId id) const {
    return blocks_[id / kNodesOfBlock][id % kNodesOfBlock];
  }

  // Nodes stay where they are: a vector of them would be copied when it grows,
  // and take twice its size meanwhile.
  static constexpr TrieId kNodesOfBlock = 4096;
  std::vector<std::unique_ptr<Node[]>> blocks_;
  TrieId num_ids_ = 0;
  absl::flat_hash_set<TrieId, HashKey, EqualKeys> child_;
};

inline LabelTrie::Key LabelTrie::KeyOf::operator()(TrieId id) const {
  const Node& node = trie_->At(id);
  return {node.parent, node.label};
}

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_LABEL_TRIE_H_

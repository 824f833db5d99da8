#include "converter/profile/label_trie.h"

#include <utility>

namespace heapgrind {
namespace {

// How far up a label looks for itself.
constexpr int kMaxCycle = 16;

// Deeper than this no one looks, and KCachegrind recurses; what lies deeper
// becomes part of its owner.
constexpr uint32_t kMaxDepth = 500;

constexpr TrieId kNone = kTrieRoot;  // The root is nobody's child.

}  // namespace

TrieId LabelTrie::Find(TrieId id) const {
  while (At(id).became != id) {
    At(id).became = At(At(id).became).became;  // Path halving.
    id = At(id).became;
  }
  return id;
}

TrieId LabelTrie::Child(TrieId parent, const TrieLabel& label) {
  parent = Find(parent);
  const auto found = child_.find(KeyOf(parent, label));
  if (found != child_.end()) return found->second;
  const TrieId target = FoldTarget(parent, label);
  if (target != kNone) return Fold(target, parent);
  if (At(parent).depth >= kMaxDepth) return parent;
  return Add(parent, label);
}

// The nearest owner that `label` folds into, or kNone.
TrieId LabelTrie::FoldTarget(TrieId parent, const TrieLabel& label) const {
  if (label.has_sharers || label.is_single) return kNone;
  TrieId ancestor = parent;
  for (int i = 0; i < kMaxCycle && ancestor != kTrieRoot; ++i) {
    const Node& node = At(ancestor);
    if (node.label.number == label.number) return ancestor;
    const bool may_be_between =
        node.label.is_named == label.is_named && !node.label.has_sharers &&
        (node.label.is_container || !label.is_container);
    if (!may_be_between) return kNone;
    ancestor = Find(node.parent);
  }
  return kNone;
}

TrieId LabelTrie::Fold(TrieId ancestor, TrieId descendant) {
  At(ancestor).is_recursive = true;
  while (descendant != ancestor) {
    const TrieId parent = Find(At(descendant).parent);
    Merge(parent, descendant);
    descendant = parent;
  }
  return Find(ancestor);
}

// Makes `from` a part of `into`; children of equal labels become one, too.
void LabelTrie::Merge(TrieId into, TrieId from) {
  std::vector<std::pair<TrieId, TrieId>> waiting = {{into, from}};
  while (!waiting.empty()) {
    const TrieId target = Find(waiting.back().first);
    const TrieId source = Find(waiting.back().second);
    waiting.pop_back();
    if (target == source) continue;
    At(source).became = target;
    for (TrieId child = At(source).first_child, next; child != kNone;
         child = next) {
      next = At(child).next_sibling;
      if (At(child).became != child) continue;
      child_.erase(KeyOf(At(child).parent, At(child).label));
      At(child).parent = target;
      const auto [entry, is_new] =
          child_.try_emplace(KeyOf(target, At(child).label), child);
      if (is_new) {
        At(child).next_sibling = At(target).first_child;
        At(target).first_child = child;
      } else if (Find(entry->second) != child) {
        waiting.emplace_back(Find(entry->second), child);
      }
    }
  }
}

TrieId LabelTrie::Add(TrieId parent, const TrieLabel& label) {
  const TrieId id = AddNode();
  Node& added = At(id);
  added.parent = parent;
  added.became = id;
  added.next_sibling = At(parent).first_child;
  added.depth = static_cast<uint16_t>(At(parent).depth + 1);
  added.label = label;
  At(parent).first_child = id;
  child_.emplace(KeyOf(parent, label), id);
  return id;
}

TrieId LabelTrie::AddNode() {
  if (num_ids_ % kNodesOfBlock == 0) {
    blocks_.push_back(std::make_unique<Node[]>(kNodesOfBlock));
  }
  return num_ids_++;
}

}  // namespace heapgrind

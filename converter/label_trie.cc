#include "converter/label_trie.h"

#include <utility>

#include "converter/value_types.h"

namespace heapgrind {
namespace {

// How far up a label looks for itself.
constexpr int kMaxCycle = 16;

// Deeper than this no one looks, and KCachegrind recurses; what lies deeper
// becomes part of its owner.
constexpr uint32_t kMaxDepth = 500;

constexpr TrieId kNone = kTrieRoot;  // The root is nobody's child.

}  // namespace

LabelTrie::LabelTrie(const StringTable& strings)
    : strings_(strings), nodes_(1), child_(0, HashKey(this), EqualKeys(this)) {}

TrieId LabelTrie::Find(TrieId id) const {
  while (nodes_[id].became != id) {
    nodes_[id].became = nodes_[nodes_[id].became].became;  // Path halving.
    id = nodes_[id].became;
  }
  return id;
}

TrieId LabelTrie::Child(TrieId parent, const Label& label) {
  parent = Find(parent);
  const auto found = child_.find(Key{parent, label});
  if (found != child_.end()) return Find(*found);
  const bool is_container =
      !label.is_named && IsContainerType(strings_.Text(label.type));
  const TrieId target = FoldTarget(parent, label, is_container);
  if (target != kNone) return Fold(target, parent);
  if (nodes_[parent].depth >= kMaxDepth) return parent;
  return Add(parent, label, is_container);
}

// The nearest owner that `label` folds into, or kNone.
TrieId LabelTrie::FoldTarget(TrieId parent, const Label& label,
                             bool is_container) const {
  if (label.sharers != kNoString || label.object != kNoNode) return kNone;
  TrieId ancestor = parent;
  for (int i = 0; i < kMaxCycle && ancestor != kTrieRoot; ++i) {
    const Node& node = nodes_[ancestor];
    if (node.label == label) return ancestor;
    const bool may_be_between = node.label.is_named == label.is_named &&
                                node.label.sharers == kNoString &&
                                (node.is_container || !is_container);
    if (!may_be_between) return kNone;
    ancestor = Find(node.parent);
  }
  return kNone;
}

TrieId LabelTrie::Fold(TrieId ancestor, TrieId descendant) {
  nodes_[ancestor].is_recursive = true;
  while (descendant != ancestor) {
    const TrieId parent = Find(nodes_[descendant].parent);
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
    nodes_[source].became = target;
    for (TrieId child = nodes_[source].first_child, next; child != kNone;
         child = next) {
      next = nodes_[child].next_sibling;
      if (nodes_[child].became != child) continue;
      child_.erase(child);
      nodes_[child].parent = target;
      const auto [entry, is_new] = child_.insert(child);
      if (is_new) {
        nodes_[child].next_sibling = nodes_[target].first_child;
        nodes_[target].first_child = child;
      } else if (Find(*entry) != child) {
        waiting.emplace_back(Find(*entry), child);
      }
    }
  }
}

TrieId LabelTrie::Add(TrieId parent, const Label& label, bool is_container) {
  const TrieId id = static_cast<TrieId>(nodes_.size());
  Node node;
  node.parent = parent;
  node.became = id;
  node.next_sibling = nodes_[parent].first_child;
  node.depth = static_cast<uint16_t>(nodes_[parent].depth + 1);
  node.is_container = is_container;
  node.label = label;
  nodes_.push_back(node);
  nodes_[parent].first_child = id;
  child_.insert(id);
  return id;
}

}  // namespace heapgrind

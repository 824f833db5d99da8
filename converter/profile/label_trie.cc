#include "converter/profile/label_trie.h"

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
  while (At(id).is_merged) {
    TrieId& above = At(id).above;
    if (At(above).is_merged) above = At(above).above;  // Path halving.
    id = above;
  }
  return id;
}

void LabelTrie::AddObject(TrieId id, uint64_t bytes) {
  Node& node = At(Find(id));
  node.has_objects = true;
  node.bytes += bytes;
}

TrieId LabelTrie::Child(TrieId parent, const TrieLabel& label) {
  parent = Find(parent);
  const TrieId found = FindChild(parent, label.number);
  if (found != kNone) return found;
  const TrieId target = FoldTarget(parent, label);
  if (target != kNone) return Fold(target, parent);
  if (At(parent).depth >= kMaxDepth) return parent;
  return Add(parent, label);
}

// The child that has this label, whatever has become of it, or kNone.
TrieId LabelTrie::FindChild(TrieId parent, uint32_t label) const {
  if (IsIndexed(parent)) {
    const auto found = indexed_.find(KeyOf(parent, label));
    return found == indexed_.end() ? kNone : found->second;
  }
  TrieId child = At(parent).first_child;
  while (child != kNone && LabelOf(child) != label) {
    child = At(child).next_sibling;
  }
  return child;
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
    ancestor = Parent(ancestor);
  }
  return kNone;
}

TrieId LabelTrie::Fold(TrieId ancestor, TrieId descendant) {
  At(ancestor).is_recursive = true;
  while (descendant != ancestor) {
    const TrieId parent = Parent(descendant);
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
    if (target != source) MoveChildren(target, source, &waiting);
  }
}

// Makes `source` a part of `target` with all its children, but for those that
// have an equal there: these wait.
void LabelTrie::MoveChildren(TrieId target, TrieId source,
                             std::vector<std::pair<TrieId, TrieId>>* waiting) {
  At(source).is_merged = true;
  At(source).above = target;
  At(target).has_objects |= At(source).has_objects;
  At(target).bytes += At(source).bytes;
  for (TrieId child = At(source).first_child, next; child != kNone;
       child = next) {
    next = At(child).next_sibling;
    if (IsIndexed(source)) indexed_.erase(KeyOf(source, LabelOf(child)));
    if (At(child).is_merged) continue;
    const TrieId equal = FindChild(target, LabelOf(child));
    if (equal == kNone) {
      Attach(target, child);
    } else if (Find(equal) != child) {
      waiting->emplace_back(Find(equal), child);
    }
  }
}

TrieId LabelTrie::Add(TrieId parent, const TrieLabel& label) {
  const TrieId id = AddNode();
  Node& added = At(id);
  added.depth = static_cast<uint16_t>(At(parent).depth + 1);
  added.label = label;
  Attach(parent, id);
  return id;
}

// Makes `child` the first one of `parent`.
void LabelTrie::Attach(TrieId parent, TrieId child) {
  Node& owner = At(parent);
  At(child).above = parent;
  At(child).next_sibling = owner.first_child;
  owner.first_child = child;
  if (IsIndexed(parent)) {
    indexed_.emplace(KeyOf(parent, LabelOf(child)), child);
  } else if (++owner.num_listed > kMaxListed) {
    Index(parent);
  }
}

// Lists the children of `parent` by their labels.
void LabelTrie::Index(TrieId parent) {
  for (TrieId child = At(parent).first_child; child != kNone;
       child = At(child).next_sibling) {
    indexed_.emplace(KeyOf(parent, LabelOf(child)), child);
  }
}

TrieId LabelTrie::AddNode() {
  if (num_ids_ % kNodesOfBlock == 0) {
    blocks_.push_back(std::make_unique<Node[]>(kNodesOfBlock));
  }
  return num_ids_++;
}

}  // namespace heapgrind

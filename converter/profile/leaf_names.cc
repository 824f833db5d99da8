#include "converter/profile/leaf_names.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "converter/base/fetch_ahead.h"
#include "converter/base/numbered_names.h"
#include "converter/profile/shared_names.h"
#include "converter/python/builtin_types.h"

namespace heapgrind {
namespace {

// So many names that differ in a number alone are one.
constexpr size_t kMinNumbered = 5;

// How many nodes ahead memory is fetched.
constexpr size_t kAhead = 8;

// By node: whether its owner need not refer to it, and its label has a name.
std::vector<bool> FindNamedByOthers(const OwnedHeap& heap,
                                    const std::vector<bool>& is_shared) {
  const HeapGraph& graph = heap.graph;
  std::vector<bool> is_atomic;
  for (const Shape& shape : graph.shapes) {
    is_atomic.push_back(IsAtomicType(graph.strings.Text(shape.type)));
  }
  std::vector<bool> wanted(graph.num_nodes());
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    const NodeId owner = heap.tree.idom[node];
    if (owner == kNoDominator) continue;
    if (!is_shared[node] && heap.ownership.IsObject(owner)) {
      wanted[node] = graph.module_of_copy.contains(node);
      continue;
    }
    const bool is_everybodys =
        is_atomic[graph.shape_of_node[node]] &&
        (is_shared[node] || owner == heap.ownership.main());
    const bool goes_by_own_name =
        graph.kind(node) != NodeKind::kObject && heap.homes.contains(node);
    wanted[node] = !is_everybodys && !goes_by_own_name;
  }
  return wanted;
}

class LeafFinder {
 public:
  LeafFinder(const OwnedHeap& heap, const std::vector<bool>& is_shared)
      : heap_(heap),
        graph_(heap.graph),
        references_(&heap.graph, heap.namespaces),
        is_wanted_(FindNamedByOthers(heap, is_shared)) {
    for (StringId id = 0; id < graph_.strings.size(); ++id) {
      has_digit_.push_back(HasDigit(graph_.strings.Text(id)));
    }
  }

  Leaves Find(const SubtreePlaces& subtrees) {
    result_.leaf_of_node.resize(heap_.ownership.num_nodes());
    result_.is_named_by_owner.resize(heap_.ownership.num_nodes());
    for (NodeId i = 0; i < heap_.ownership.num_roots; ++i) NameTargetsOfRoot(i);
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      if (node + kAhead < graph_.num_nodes()) PrefetchTargets(node + kAhead);
      NameTargets(node);
    }
    NameShared(heap_, &references_, subtrees, is_wanted_, namers_, &result_);
    NameUnreferenced();
    return std::move(result_);
  }

 private:
  void NameTargetsOfRoot(NodeId index) {
    const Root& root = graph_.roots[index];
    for (size_t i = 0; i < root.references.size(); ++i) {
      const NodeId target = root.references[i];
      if (target == kNoNode ||
          !IsFirstOfOwner(heap_.ownership.root(index), target)) {
        continue;
      }
      SetLeaf(target, references_.OfRoot(root, i));
    }
  }

  // Fetches what NameTargets(source) will need of the targets.
  void PrefetchTargets(NodeId source) const {
    for (const NodeId target : graph_.References(source)) {
      if (target == kNoNode) continue;
      FetchAhead(&heap_.tree.idom[target]);
      FetchAhead(&graph_.shape_of_node[target]);
      FetchAheadToWrite(&result_.leaf_of_node[target]);
    }
  }

  void NameTargets(NodeId source) {
    const absl::Span<const NodeId> targets = graph_.References(source);
    bool names_others = false;
    for (size_t i = 0; i < targets.size(); ++i) {
      const NodeId target = targets[i];
      if (target == kNoNode) continue;
      if (IsFirstOfOwner(source, target)) {
        SetLeaf(target, references_.Of(source, i));
      } else if (is_wanted_[target]) {
        names_others = true;
      }
    }
    if (names_others) namers_.push_back(source);
    if (numbered_.size() >= kMinNumbered) FoldNumbered();
    numbered_.clear();
  }

  bool IsFirstOfOwner(NodeId source, NodeId target) const {
    return heap_.tree.idom[target] == source &&
           !result_.is_named_by_owner[target];
  }

  void SetLeaf(NodeId target, Leaf leaf) {
    result_.leaf_of_node[target] = leaf;
    result_.is_named_by_owner[target] = true;
    const bool is_name =
        leaf.form == LeafForm::kAttribute || leaf.form == LeafForm::kTextKey;
    if (is_name && leaf.text < has_digit_.size() && has_digit_[leaf.text]) {
      numbered_.push_back(target);
    }
  }

  // Gives objects of one type one name where their names, in one owner, differ
  // in a number alone.
  void FoldNumbered() {
    absl::flat_hash_map<StringId, std::vector<NodeId>> nodes_of_type;
    for (const NodeId node : numbered_) {
      if (graph_.kind(node) != NodeKind::kObject) continue;
      nodes_of_type[graph_.shape(node).type].push_back(node);
    }
    for (const auto& [type, nodes] : nodes_of_type) FoldNumbered(nodes);
  }

  void FoldNumbered(const std::vector<NodeId>& nodes) {
    std::vector<std::string_view> names;
    for (const NodeId node : nodes) {
      names.push_back(graph_.strings.Text(result_.leaf_of_node[node].text));
    }
    const std::vector<std::string> folded =
        FoldNumberedNames(names, kMinNumbered);
    for (size_t i = 0; i < nodes.size(); ++i) {
      if (folded[i].empty()) continue;
      result_.leaf_of_node[nodes[i]].text = graph_.strings.Intern(folded[i]);
    }
  }

  // Static types need not refer to theirs.
  // Namespaces, and blocks of native code.
  void NameUnreferenced() {
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      Leaf& leaf = result_.leaf_of_node[node];
      if (leaf.form == LeafForm::kNone && heap_.namespaces.IsNamespace(node)) {
        leaf.form = LeafForm::kNamespace;
      }
      if (leaf.form == LeafForm::kNone && graph_.shape(node).is_native) {
        leaf.form = LeafForm::kBlock;
      }
    }
  }

  const OwnedHeap& heap_;
  HeapGraph& graph_;
  ReferenceLeaves references_;
  const std::vector<bool> is_wanted_;  // By node: is to be named by others.
  std::vector<NodeId> namers_;         // Refer to such nodes.
  std::vector<bool> has_digit_;        // By text that the dump has.
  std::vector<NodeId> numbered_;       // What one owner names with digits.
  Leaves result_;
};

bool HasBlocks(const HeapGraph& graph) {
  return std::any_of(graph.shapes.begin(), graph.shapes.end(),
                     [](const Shape& shape) { return shape.is_native; });
}

// Takes out the blocks that are below an owner of blocks.
void TakeOutOwnedBlocks(const HeapGraph& graph, const OwnershipGraph& ownership,
                        const DominatorTree& tree,
                        std::vector<bool>* is_shared) {
  const auto is_block = [&](NodeId node) {
    return ownership.IsObject(node) && graph.shape(node).is_native;
  };
  std::vector<bool> owns_blocks(ownership.num_nodes());
  for (NodeId source = 0; source < ownership.num_nodes(); ++source) {
    for (const NodeId target : ownership.Edges(source)) {
      if (is_block(target)) owns_blocks[source] = true;
    }
  }
  for (NodeId node = 0; node < ownership.num_objects; ++node) {
    if (!is_block(node) || tree.idom[node] == kNoDominator) continue;
    if (owns_blocks[tree.idom[node]]) (*is_shared)[node] = false;
  }
}

}  // namespace

std::vector<bool> FindShared(const HeapGraph& graph,
                             const OwnershipGraph& ownership,
                             const DominatorTree& tree) {
  std::vector<bool> is_shared(ownership.num_nodes(), true);
  is_shared[ownership.main()] = false;
  for (NodeId source = 0; source < ownership.num_nodes(); ++source) {
    for (const NodeId target : ownership.Edges(source)) {
      if (tree.idom[target] == source) is_shared[target] = false;
    }
  }
  if (HasBlocks(graph)) TakeOutOwnedBlocks(graph, ownership, tree, &is_shared);
  return is_shared;
}

Leaves FindLeaves(const OwnedHeap& heap, const std::vector<bool>& is_shared,
                  const SubtreePlaces& subtrees) {
  return LeafFinder(heap, is_shared).Find(subtrees);
}

}  // namespace heapgrind

#include "converter/profile/shared_names.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "absl/strings/match.h"
#include "converter/base/abseil_view.h"
#include "converter/base/fetch_ahead.h"
#include "converter/python/builtin_types.h"

namespace heapgrind {
namespace {

// How many sources ahead memory is fetched.
constexpr size_t kAhead = 8;

// As in the header; the lowest wins.
enum class Rank : uint8_t {
  kModuleVariable,
  kNamedAttribute,
  kNamedElement,
  kAttribute,
  kElement,
  kLocal,
  kInternal,
  kNameless,
  kBack,
};

struct Candidate {
  Rank rank = Rank::kBack;
  Leaf leaf;
  NodeId namer = kNoNode;
};

// A name that Python gives to a part of an object, and no program.
bool IsInternalName(std::string_view name) {
  return name == "cell_contents" || (absl::StartsWith(View(name), "__") &&
                                     absl::EndsWith(View(name), "__"));
}

class SharedNamer {
 public:
  SharedNamer(const OwnedHeap& heap, ReferenceLeaves* references,
              const SubtreePlaces& subtrees, const std::vector<bool>& is_wanted,
              Leaves* leaves)
      : heap_(heap),
        graph_(heap.graph),
        references_(*references),
        subtrees_(subtrees),
        is_wanted_(is_wanted),
        leaves_(*leaves),
        is_generator_(FindGeneratorShapes(heap.graph)),
        open_(FindOpen()),
        best_(open_.size()),
        is_path_known_(heap.ownership.num_nodes()),
        has_named_path_(heap.ownership.num_nodes()) {
    leaves->namers = {open_, std::vector<NodeId>(open_.size(), kNoNode)};
  }

  // Variables of modules come first: what is below them has paths then.
  void Name(const std::vector<NodeId>& namers) {
    for (const NodeId source : namers) {
      if (IsNamespaceOfModule(source)) LookAtReferences(source);
    }
    Settle();
    for (NodeId i = 0; i < graph_.roots.size(); ++i) LookAtRoot(i);
    for (size_t i = 0; i < namers.size(); ++i) {
      if (i + kAhead < namers.size()) PrefetchTargets(namers[i + kAhead]);
      if (!IsNamespaceOfModule(namers[i])) LookAtReferences(namers[i]);
    }
    Settle();
  }

 private:
  // The nodes without a name so far that are to have one.
  RankedSet FindOpen() const {
    std::vector<bool> is_open(heap_.ownership.num_nodes());
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      if (IsOpen(node)) is_open[node] = true;
    }
    return RankedSet(is_open);
  }

  // Fetches what LookAtReferences(source) will need of the targets.
  void PrefetchTargets(NodeId source) const {
    for (const NodeId target : graph_.References(source)) {
      if (target == kNoNode || !open_.Contains(target)) continue;
      FetchAhead(&leaves_.leaf_of_node[target]);
      FetchAhead(&graph_.shape_of_node[target]);
      FetchAhead(&subtrees_.begin[target]);
      FetchAhead(&subtrees_.end[target]);
      FetchAheadToWrite(&best_[open_.RankOf(target)]);
    }
  }

  void LookAtReferences(NodeId source) {
    const absl::Span<const NodeId> targets = graph_.References(source);
    for (size_t i = 0; i < targets.size(); ++i) {
      if (targets[i] == kNoNode || !IsOpen(targets[i])) continue;
      const Leaf leaf = NamedElement(source, references_.Of(source, i));
      Offer(targets[i], {RankOf(source, targets[i], leaf), leaf, source});
    }
  }

  void LookAtRoot(NodeId index) {
    const Root& root = graph_.roots[index];
    for (size_t i = 0; i < root.references.size(); ++i) {
      const NodeId target = root.references[i];
      if (target == kNoNode || !IsOpen(target)) continue;
      const Leaf leaf = references_.OfRoot(root, i);
      const Rank rank = leaf.text == kNoString ? Rank::kNameless : Rank::kLocal;
      Offer(target, {rank, leaf, heap_.ownership.root(index)});
    }
  }

  // Whether a node has no name yet that stays.
  bool IsOpen(NodeId node) const {
    return is_wanted_[node] && !leaves_.is_named_by_owner[node] &&
           leaves_.leaf_of_node[node].form == LeafForm::kNone;
  }

  void Offer(NodeId target, const Candidate& candidate) {
    Candidate& best = best_[open_.RankOf(target)];
    if (best.namer == kNoNode || IsBetter(candidate, best)) best = candidate;
  }

  bool IsBetter(const Candidate& a, const Candidate& b) const {
    if (a.rank != b.rank) return a.rank < b.rank;
    if (a.leaf.text != b.leaf.text) {
      return Text(a.leaf.text) < Text(b.leaf.text);
    }
    if (a.leaf.form != b.leaf.form) return a.leaf.form < b.leaf.form;
    return a.namer < b.namer;
  }

  std::string_view Text(StringId id) const { return graph_.strings.Text(id); }

  void Settle() {
    size_t rank = 0;
    open_.ForEach([this, &rank](NodeId node) {
      Candidate& best = best_[rank];
      NodeId& namer = leaves_.namers.by_rank[rank++];
      if (best.namer == kNoNode) return;
      leaves_.leaf_of_node[node] = best.leaf;
      namer = best.namer;
      if (best.rank == Rank::kModuleVariable) SetPath(node, true);
      best = Candidate();
    });
  }

  // An element with the name of its container, where that has one.
  Leaf NamedElement(NodeId container, Leaf leaf) const {
    const Leaf& own = leaves_.leaf_of_node[container];
    const bool has_name =
        own.form == LeafForm::kAttribute || own.form == LeafForm::kTextKey;
    if (leaf.form == LeafForm::kElement && has_name) leaf.text = own.text;
    return leaf;
  }

  Rank RankOf(NodeId source, NodeId target, const Leaf& leaf) {
    if (subtrees_.IsBelow(source, target)) return Rank::kBack;
    if (leaf.form == LeafForm::kKey || leaf.form == LeafForm::kUnnamed) {
      return Rank::kNameless;
    }
    if (leaf.form == LeafForm::kAttribute) return RankOfAttribute(source, leaf);
    const bool is_named = HasNamedPath(source);
    if (leaf.form == LeafForm::kNamespace) {
      return is_named ? Rank::kNamedAttribute : Rank::kAttribute;
    }
    return is_named ? Rank::kNamedElement : Rank::kElement;
  }

  Rank RankOfAttribute(NodeId source, const Leaf& leaf) {
    if (IsNamespaceOfModule(source)) return Rank::kModuleVariable;
    if (IsInternalName(Text(leaf.text))) return Rank::kInternal;
    if (graph_.kind(source) == NodeKind::kFrame ||
        is_generator_[graph_.shape_of_node[source]]) {
      return Rank::kLocal;
    }
    return HasNamedPath(source) ? Rank::kNamedAttribute : Rank::kAttribute;
  }

  bool IsNamespaceOfModule(NodeId node) const {
    if (!heap_.namespaces.IsNamespace(node)) return false;
    const auto home = heap_.homes.find(node);
    return home != heap_.homes.end() &&
           heap_.ownership.IsObject(home->second) &&
           graph_.kind(home->second) == NodeKind::kModule;
  }

  // Whether each step of the path to `node` is a name.  Amortised constant
  // time: what is found of an owner stays.
  bool HasNamedPath(NodeId node) {
    std::vector<NodeId> steps;
    while (!is_path_known_[node] && IsNamedStep(node)) {
      steps.push_back(node);
      node = heap_.tree.idom[node];
    }
    const bool is_named =
        is_path_known_[node] ? has_named_path_[node] : BeginsPath(node);
    SetPath(node, is_named);
    for (const NodeId step : steps) SetPath(step, is_named);
    return is_named;
  }

  void SetPath(NodeId node, bool is_named) {
    is_path_known_[node] = true;
    has_named_path_[node] = is_named;
  }

  // A definition in its place begins a path that is all names.
  bool BeginsPath(NodeId node) const {
    return heap_.ownership.IsObject(node) &&
           graph_.kind(node) != NodeKind::kObject && heap_.homes.contains(node);
  }

  bool IsNamedStep(NodeId node) const {
    if (!heap_.ownership.IsObject(node) || BeginsPath(node)) return false;
    const Leaf& leaf = leaves_.leaf_of_node[node];
    const NodeId owner = heap_.tree.idom[node];
    if (!leaves_.is_named_by_owner[node] || !heap_.ownership.IsObject(owner)) {
      return false;
    }
    if (leaf.form == LeafForm::kNamespace) return true;
    if (leaf.text == kNoString || IsInternalName(Text(leaf.text))) return false;
    return graph_.kind(owner) != NodeKind::kFrame &&
           !is_generator_[graph_.shape_of_node[owner]];
  }

  const OwnedHeap& heap_;
  const HeapGraph& graph_;
  ReferenceLeaves& references_;
  const SubtreePlaces& subtrees_;
  const std::vector<bool>& is_wanted_;
  Leaves& leaves_;
  const std::vector<bool> is_generator_;  // By shape.
  const RankedSet open_;                  // What IsOpen() was true of at first.
  std::vector<Candidate> best_;      // By rank in open_; without a namer: none.
  std::vector<bool> is_path_known_;  // By node of the ownership graph.
  std::vector<bool> has_named_path_;  // Where that is known.
};

}  // namespace

void NameShared(const OwnedHeap& heap, ReferenceLeaves* references,
                const SubtreePlaces& subtrees,
                const std::vector<bool>& is_wanted,
                const std::vector<NodeId>& namers, Leaves* leaves) {
  SharedNamer(heap, references, subtrees, is_wanted, leaves).Name(namers);
}

}  // namespace heapgrind

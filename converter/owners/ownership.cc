#include "converter/owners/ownership.h"

#include <algorithm>
#include <array>
#include <utility>

#include "converter/owners/back_references.h"
#include "converter/owners/garbage_roots.h"
#include "converter/owners/held_definitions.h"
#include "converter/owners/reference_kinds.h"
#include "converter/owners/waiting_greenlets.h"

namespace heapgrind {
namespace {

using Edge = std::pair<NodeId, NodeId>;  // Owner, owned.

// Kinds but for owning, the first of all.
constexpr size_t kNumPending = kNumReferenceKinds - 1;
using PendingEdges = std::array<std::vector<Edge>, kNumPending>;

std::vector<Edge>& Pending(PendingEdges* pending, ReferenceKind kind) {
  return (*pending)[static_cast<size_t>(kind) - 1];
}

// Nodes that are dealt with together: what one needs is on its way while the
// others are looked at.
constexpr size_t kBatch = 32;

// What has no reference of its own in the heap graph: homes and roots.
std::vector<Edge> HomeEdges(const OwnershipGraph& numbers, const Homes& homes) {
  std::vector<Edge> edges;
  for (const auto& [node, home] : homes) {
    edges.emplace_back(home == kRootHome ? numbers.main() : home, node);
  }
  return edges;
}

// Leaves what a root does not own to `pending`.
void AddRootEdges(const HeapGraph& graph, const ReferenceKinds& kinds,
                  const OwnershipGraph& numbers, const Homes& homes,
                  std::vector<Edge>* edges, PendingEdges* pending) {
  for (NodeId i = 0; i < numbers.num_roots; ++i) {
    const Root& root = graph.roots[i];
    edges->emplace_back(numbers.main(), numbers.root(i));
    for (size_t j = 0; j < root.references.size(); ++j) {
      const NodeId target = root.references[j];
      if (target == kNoNode || homes.contains(target)) continue;
      const ReferenceKind kind = kinds.OfRoot(root, j);
      (kind == ReferenceKind::kOwning ? edges : &Pending(pending, kind))
          ->emplace_back(numbers.root(i), target);
    }
  }
  for (const NodeId node : graph.held_from_outside) {
    if (!homes.contains(node)) edges->emplace_back(numbers.main(), node);
  }
}

class OwnershipBuilder {
 public:
  OwnershipBuilder(const HeapGraph& graph, const ReferenceKinds& kinds,
                   const Homes& homes)
      : graph_(graph), kinds_(kinds), held_definitions_(graph, homes) {
    result_.num_objects = graph.num_nodes();
    result_.num_roots = static_cast<NodeId>(graph.roots.size());
    added_ = HomeEdges(result_, homes);
    AddRootEdges(graph, kinds, result_, homes, &added_, &pending_);
    std::sort(added_.begin(), added_.end());
    reached_.resize(result_.num_nodes());
    round_of_.resize(result_.num_nodes());
    is_owned_.resize(graph.references.size());
    has_added_.resize(result_.num_nodes());
    if (!homes.empty()) lent_ = FindWaitingGreenlets(graph);
    for (const auto* edges : {&added_, &lent_}) {
      for (const Edge& edge : *edges) has_added_[edge.first] = true;
    }
  }

  OwnershipGraph Build() {
    Reach(result_.main(), &result_.reached_by_owning);
    ReachInRounds();
    ReachGarbage();
    std::sort(promoted_.begin(), promoted_.end());
    WriteEdges();
    return std::move(result_);
  }

 private:
  // Marks `node`, and all that is reachable from it over owning edges.
  void Reach(NodeId node, uint64_t* num_reached) {
    if (!Mark(node, num_reached)) return;
    while (!waiting_.empty()) {
      TakeBatch();
      for (const NodeId source : batch_) {
        if (has_added_[source]) FollowAdded(source, num_reached);
        if (result_.IsObject(source)) FollowReferences(source, num_reached);
      }
    }
  }

  // Moves some of those that wait to the batch: their order does not matter.
  void TakeBatch() {
    const size_t size = std::min(waiting_.size(), kBatch);
    batch_.assign(waiting_.end() - size, waiting_.end());
    waiting_.resize(waiting_.size() - size);
    for (const NodeId node : batch_) {
      if (result_.IsObject(node)) graph_.PrefetchReferences(node);
    }
  }

  void FollowAdded(NodeId source, uint64_t* num_reached) {
    auto edge = std::lower_bound(added_.begin(), added_.end(), Edge(source, 0));
    for (; edge != added_.end() && edge->first == source; ++edge) {
      Mark(edge->second, num_reached);
    }
    edge = std::lower_bound(lent_.begin(), lent_.end(), Edge(source, 0));
    for (; edge != lent_.end() && edge->first == source; ++edge) {
      Pending(&pending_, ReferenceKind::kBorrowed).push_back(*edge);
    }
  }

  void FollowReferences(NodeId source, uint64_t* num_reached) {
    const absl::Span<const NodeId> targets = graph_.References(source);
    const uint64_t first = graph_.first_reference[source];
    const bool owns_all = kinds_.OwnsAllParts(source);
    for (size_t i = 0; i < targets.size(); ++i) {
      if (targets[i] == kNoNode) continue;
      const ReferenceKind kind =
          owns_all ? kinds_.OfPlain(first + i) : kinds_.Of(source, i);
      if (kind == ReferenceKind::kOwning) {
        is_owned_[first + i] = true;
        ++num_owned_;
        Mark(targets[i], num_reached);
      } else if (!reached_[targets[i]]) {
        Pending(&pending_, kind).emplace_back(source, targets[i]);
      }
    }
  }

  bool Mark(NodeId node, uint64_t* num_reached) {
    if (reached_[node]) return false;
    reached_[node] = true;
    if (round_ > 0) round_of_[node] = round_;
    waiting_.push_back(node);
    if (!result_.IsObject(node)) return true;
    graph_.PrefetchRow(node);
    ++*num_reached;
    return true;
  }

  void ReachInRounds() {
    uint64_t* const owning = &result_.reached_by_owning;
    PromoteAll({owning, owning, &result_.reached_by_local,
                &result_.reached_by_borrowed, &result_.reached_by_borrowed});
  }

  // Promotes until nothing leads out of the reached set.  Counts what keys,
  // callbacks, local, borrowed and native references reach.
  void PromoteAll(const std::array<uint64_t*, kNumPending>& num_reached) {
    size_t kind = 0;
    while (kind < kNumPending) {
      kind = Promote(&pending_[kind], num_reached[kind]) ? 0 : kind + 1;
    }
  }

  // Promotes what of `pending` still leads out of the reached set.  Whether
  // there was any.
  bool Promote(std::vector<Edge>* pending, uint64_t* num_reached) {
    const size_t num_before = promoted_.size();
    for (const Edge& edge : *pending) {
      if (!reached_[edge.second]) promoted_.push_back(edge);
    }
    pending->clear();
    const size_t num_after = promoted_.size();
    if (num_after > num_before) ++round_;
    for (size_t i = num_before; i < num_after; ++i) {
      Reach(promoted_[i].second, num_reached);
    }
    return num_after > num_before;
  }

  void ReachGarbage() {
    ++round_;
    for (const NodeId anchor : {result_.held(), result_.garbage()}) {
      Mark(anchor, &result_.unreachable_objects);
      promoted_.emplace_back(result_.main(), anchor);
    }
    waiting_.clear();
    for (const GarbageRoot& root : FindGarbageRoots(graph_, reached_)) {
      promoted_.emplace_back(OwnerOf(root), root.node);
      Reach(root.node, &result_.unreachable_objects);
    }
    uint64_t* const unreachable = &result_.unreachable_objects;
    PromoteAll(
        {unreachable, unreachable, unreachable, unreachable, unreachable});
  }

  NodeId OwnerOf(const GarbageRoot& root) {
    if (!root.is_held) return result_.garbage();
    const NodeId module = held_definitions_.ModuleOf(root.node);
    return module == kNoNode ? result_.held() : module;
  }

  void WriteEdges() {
    result_.first_edge.reserve(result_.num_nodes());
    result_.edges.reserve(num_owned_ + added_.size() + promoted_.size());
    auto added = added_.cbegin();
    auto promoted = promoted_.cbegin();
    for (NodeId node = 0; node < result_.num_nodes(); ++node) {
      if (result_.IsObject(node)) WriteOwningReferences(node);
      for (; added != added_.cend() && added->first == node; ++added) {
        Write(*added);
      }
      for (; promoted != promoted_.cend() && promoted->first == node;
           ++promoted) {
        Write(*promoted);
      }
      result_.first_edge.push_back(result_.edges.size());
    }
  }

  void WriteOwningReferences(NodeId node) {
    const absl::Span<const NodeId> targets = graph_.References(node);
    const uint64_t first = graph_.first_reference[node];
    for (size_t i = 0; i < targets.size(); ++i) {
      if (is_owned_[first + i]) Write({node, targets[i]});
    }
  }

  // What is held for a while owns nothing that has an owner without it.
  void Write(const Edge& edge) {
    const uint32_t round = round_of_[edge.first];
    if (round > 0 && round > round_of_[edge.second]) return;
    result_.edges.push_back(edge.second);
  }

  const HeapGraph& graph_;
  const ReferenceKinds& kinds_;
  HeldDefinitions held_definitions_;
  OwnershipGraph result_;
  std::vector<Edge> added_;     // Sorted.
  std::vector<Edge> lent_;      // Sorted; borrowed.
  std::vector<Edge> promoted_;  // Sorted at the end.
  // Out of the reached set, when last looked at; by kind.
  PendingEdges pending_;
  std::vector<bool> has_added_;
  std::vector<bool> reached_;
  std::vector<bool> is_owned_;  // By reference: whether it is owning.
  uint64_t num_owned_ = 0;
  std::vector<uint32_t> round_of_;  // By node: the one that reached it.
  uint32_t round_ = 0;
  std::vector<NodeId> waiting_;
  std::vector<NodeId> batch_;  // Of those that waited.
};

}  // namespace

OwnershipGraph ComputeOwnership(const HeapGraph& graph, const Homes& homes,
                                OwnershipRules rules) {
  if (rules == OwnershipRules::kStrict) {
    return OwnershipBuilder(graph, ReferenceKinds(graph), {}).Build();
  }
  return ComputeOwnership(graph, homes, FindBackReferences(graph));
}

OwnershipGraph ComputeOwnership(const HeapGraph& graph, const Homes& homes,
                                std::vector<bool> is_back) {
  const ReferenceKinds kinds(graph, homes, std::move(is_back));
  return OwnershipBuilder(graph, kinds, homes).Build();
}

}  // namespace heapgrind

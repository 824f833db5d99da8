#include "converter/commands/summary/native_owners.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "converter/base/clean_name.h"
#include "converter/profile/leaf_names.h"

namespace heapgrind {
namespace {

class OwnerFinder {
 public:
  explicit OwnerFinder(AnalyzedHeap* heap)
      : type_names_(heap->type_names()),
        graph_(heap->graph()),
        ownership_(heap->owners().ownership),
        idom_(heap->owners().tree.idom),
        is_shared_(FindShared(graph_, ownership_, heap->owners().tree)) {}

  std::vector<NativeOwner> Find() {
    owner_of_block_.assign(graph_.num_nodes(), kNoNode);
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      if (IsBlock(node) && graph_.size[node] > 0) Add(node);
    }
    std::vector<NativeOwner> owners;
    for (auto& [name, owner] : owner_of_name_) owners.push_back(owner);
    std::sort(owners.begin(), owners.end(),
              [](const NativeOwner& a, const NativeOwner& b) {
                return a.bytes != b.bytes ? a.bytes > b.bytes : a.name < b.name;
              });
    return owners;
  }

 private:
  bool IsBlock(NodeId node) const {
    return ownership_.IsObject(node) && graph_.shape(node).is_native;
  }

  // The first above a block that is none; main if several lead to what is
  // between.  Remembered for that.
  NodeId OwnerOf(NodeId block) {
    path_.clear();
    NodeId node = block;
    while (IsBlock(node) && owner_of_block_[node] == kNoNode) {
      path_.push_back(node);
      node = idom_[node];
    }
    NodeId owner = IsBlock(node) ? owner_of_block_[node] : node;
    const bool is_first = !path_.empty() && !IsBlock(node);
    if (is_first && is_shared_[path_.back()]) owner = ownership_.main();
    for (const NodeId below : path_) owner_of_block_[below] = owner;
    return owner;
  }

  void Add(NodeId block) {
    const NodeId node = OwnerOf(block);
    const std::string name = NameOf(node);
    NativeOwner& owner = owner_of_name_[name];
    owner.name = name;
    owner.bytes += graph_.size[block];
    if (ownership_.IsObject(node) && counted_.insert(node).second) {
      ++owner.objects;
    }
  }

  std::string NameOf(NodeId owner) const {
    if (ownership_.IsObject(owner)) {
      return CleanName(graph_.strings.Text(type_names_.Of(owner)));
    }
    const NodeId first = ownership_.root(0);
    const bool is_root = owner >= first && owner - first < ownership_.num_roots;
    return is_root && graph_.roots[owner - first].kind == RootKind::kStatic
               ? "variables of C code"
               : "several owners";
  }

  const TypeNames& type_names_;
  const HeapGraph& graph_;
  const OwnershipGraph& ownership_;
  const std::vector<NodeId>& idom_;
  const std::vector<bool> is_shared_;
  std::vector<NodeId> owner_of_block_;  // kNoNode: not known yet.
  std::vector<NodeId> path_;
  absl::flat_hash_set<NodeId> counted_;
  absl::flat_hash_map<std::string, NativeOwner> owner_of_name_;
};

}  // namespace

std::vector<NativeOwner> FindNativeOwners(AnalyzedHeap* heap) {
  const std::vector<Shape>& shapes = heap->graph().shapes;
  const bool has_blocks =
      std::any_of(shapes.begin(), shapes.end(),
                  [](const Shape& shape) { return shape.is_native; });
  if (!has_blocks) return {};
  return OwnerFinder(heap).Find();
}

}  // namespace heapgrind

#include "converter/profile/labels.h"

#include "absl/strings/str_cat.h"
#include "converter/base/abseil_view.h"
#include "converter/base/fetch_ahead.h"
#include "converter/base/parallel.h"
#include "converter/profile/root_names.h"
#include "converter/python/builtin_types.h"

namespace heapgrind {
namespace {

std::string_view BaseName(std::string_view path) {
  const size_t slash = path.find_last_of("/\\");
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

RowKind RowKindOf(NodeKind definition) {
  switch (definition) {
    case NodeKind::kModule:
      return RowKind::kModule;
    case NodeKind::kClass:
      return RowKind::kClass;
    default:
      return RowKind::kFunction;
  }
}

}  // namespace

bool IsPartOfOwner(const OwnedHeap& heap, const std::vector<bool>& is_shared,
                   const Leaves& leaves, NodeId node) {
  const NodeId owner = heap.tree.idom[node];
  const HeapGraph& graph = heap.graph;
  if (owner == heap.ownership.main()) {
    if (heap.ownership.IsObject(node)) return IsSingleton(graph, node);
    if (node >= heap.ownership.held()) return false;
    const Root& root = graph.roots[node - heap.ownership.root(0)];
    return root.kind == RootKind::kModules;
  }
  if (is_shared[node]) return false;
  const Leaf& leaf = leaves.leaf_of_node[node];
  if (leaf.form == LeafForm::kNamespace) return true;
  // Meliae does not say what it calls a function's code.
  const bool is_code = graph.kind(node) == NodeKind::kCode;
  return is_code && heap.ownership.IsObject(owner) &&
         graph.kind(owner) == NodeKind::kFunction;
}

Labels::Labels(const OwnedHeap& heap)
    : heap_(heap),
      is_container_(FindContainerShapes(heap.graph)),
      sharer_names_(&heap.graph.strings),
      type_names_(&heap.graph),
      root_names_(RootNames(heap.graph)),
      module_(heap.graph.strings.Intern("module")),
      class_(heap.graph.strings.Intern("class")),
      def_(heap.graph.strings.Intern("def")),
      is_defined_(heap.graph.num_nodes()) {
  for (const auto& [node, definition] : heap.graph.definitions) {
    is_defined_[node] = true;
  }
  for (uint32_t i = 0; i < heap.graph.shapes.size(); ++i) {
    is_plain_.push_back(heap.graph.shapes[i].kind == NodeKind::kObject &&
                        type_names_.IsOfShape(i));
  }
  FindLeavesAndSharers();
}

void Labels::FindLeavesAndSharers() {
  SubtreePlaces subtrees;
  RunInParallel(heap_.num_threads, 2, [this, &subtrees](size_t task) {
    if (task == 0) {
      is_shared_ = FindShared(heap_.graph, heap_.ownership, heap_.tree);
    } else {
      subtrees = PlaceSubtrees(heap_.tree);
    }
  });
  RunInParallel(heap_.num_threads, 2, [this, &subtrees](size_t task) {
    if (task == 0) {
      sharers_ = FindSharers(heap_.ownership, heap_.tree, is_shared_, subtrees);
    } else {
      leaves_ = FindLeaves(heap_, is_shared_, subtrees);
    }
  });
}

bool Labels::IsShared(NodeId node) const { return is_shared_[node]; }

// Whether a definition has a home that holds it by its own name; else it goes
// by the variable that holds it.
bool Labels::IsAtHome(NodeId node) const {
  const NodeKind kind = heap_.graph.kind(node);
  if (kind == NodeKind::kObject || kind == NodeKind::kCode) return false;
  const auto home = heap_.homes.find(node);
  if (home == heap_.homes.end()) return false;
  const Leaf& leaf = leaves_.leaf_of_node[node];
  const bool is_variable = heap_.ownership.IsObject(home->second) &&
                           heap_.namespaces.IsNamespace(home->second) &&
                           leaves_.is_named_by_owner[node] &&
                           leaf.form == LeafForm::kAttribute &&
                           leaf.text != heap_.graph.text[node];
  return !is_variable;
}

// Such an object has no owner to call it anything; what refers to it is the
// cycle's own matter.
bool Labels::IsRootOfUnreachable(NodeId node) const {
  const NodeId owner = heap_.tree.idom[node];
  return !IsShared(node) && (owner == heap_.ownership.held() ||
                             owner == heap_.ownership.garbage());
}

bool Labels::IsPlain(NodeId node) const {
  return heap_.ownership.IsObject(node) &&
         is_plain_[heap_.graph.shape_of_node[node]] && !IsShared(node) &&
         !is_defined_[node] && !IsRootOfUnreachable(node);
}

Label Labels::Of(NodeId node) {
  if (!heap_.ownership.IsObject(node)) return OfAnchor(node);
  const HeapGraph& graph = heap_.graph;
  if (graph.kind(node) == NodeKind::kFrame) return OfFrame(node);
  if (IsAtHome(node)) return OfDefinition(node);
  Label label;
  label.type = TypeOf(node);
  label.form = leaves_.leaf_of_node[node].form;
  label.text = leaves_.leaf_of_node[node].text;
  if (IsRootOfUnreachable(node)) {
    label.text = kNoString;
    label.form = LeafForm::kElement;
  }
  NameItself(node, &label);
  if (!IsShared(node)) return label;
  if (IsAtomicType(graph.type(node))) {
    label.text = kNoString;
    label.form = LeafForm::kElement;
  }
  const bool is_everywhere = sharers_.Of(node).size() > kMaxSharers &&
                             heap_.tree.idom[node] == heap_.ownership.main();
  if (is_everywhere && graph.type(node) == "str") {
    return Named(RowKind::kShared, "shared", "interned strings");
  }
  label.sharers = SharersOf(node);
  return label;
}

bool Labels::IsContainer(NodeId node, const Label& label) const {
  return !label.is_named() && heap_.ownership.IsObject(node) &&
         label.type == heap_.graph.shape(node).type &&
         is_container_[heap_.graph.shape_of_node[node]];
}

Label Labels::Named(RowKind kind, std::string_view type,
                    std::string_view name) {
  Label label;
  label.kind = kind;
  label.type = heap_.graph.strings.Intern(type);
  label.text = heap_.graph.strings.Intern(name);
  return label;
}

Label Labels::OfAnchor(NodeId anchor) {
  if (anchor == heap_.ownership.focus())
    return Named(RowKind::kOther, "focus", "objects");
  if (anchor == heap_.ownership.garbage()) {
    return Named(RowKind::kUnreachable, "unreachable",
                 "cycles that wait for collection");
  }
  if (anchor == heap_.ownership.held()) {
    return Named(RowKind::kUnreachable, "unreachable", "held by C code alone");
  }
  const NodeId index = anchor - heap_.ownership.root(0);
  const Root& root = heap_.graph.roots[index];
  const bool is_thread = root.kind == RootKind::kThread;
  // Named() may make the table's texts move.
  return Named(is_thread ? RowKind::kThread : RowKind::kOther,
               std::string(heap_.graph.strings.Text(root.kind_name)),
               root_names_[index]);
}

Label Labels::OfDefinition(NodeId node) {
  return Named(RowKindOf(heap_.graph.kind(node)),
               heap_.graph.strings.Text(TypeOf(node)),
               FullName(heap_.graph, node));
}

Label Labels::OfFrame(NodeId node) {
  HeapGraph& graph = heap_.graph;
  Label label =
      Named(RowKind::kFrame, "frame", graph.strings.Text(graph.text[node]));
  const std::string place = PlaceOf(node);
  if (!place.empty()) label.place = graph.strings.Intern(place);
  return label;
}

// Definitions without a home, and suspended generators.
void Labels::NameItself(NodeId node, Label* label) {
  const bool is_object = heap_.graph.kind(node) == NodeKind::kObject;
  if (is_object && !is_defined_[node]) return;
  const std::string place = is_object ? PlaceOf(node) : "";
  if (!is_object || !place.empty()) label->own_name = heap_.graph.text[node];
  if (!place.empty()) label->place = heap_.graph.strings.Intern(place);
}

// "app.py:41", or "" if the file is unknown.
std::string Labels::PlaceOf(NodeId node) const {
  const auto found = heap_.graph.definitions.find(node);
  if (found == heap_.graph.definitions.end()) return "";
  const Definition& definition = found->second;
  if (definition.file == kNoString) return "";
  const std::string_view file =
      BaseName(heap_.graph.strings.Text(definition.file));
  return absl::StrCat(View(file), ":", definition.line);
}

StringId Labels::TypeOf(NodeId node) {
  switch (heap_.graph.kind(node)) {
    case NodeKind::kModule:
      return module_;
    case NodeKind::kClass:
      return class_;
    case NodeKind::kFunction:
      return def_;
    default:
      return type_names_.Of(node);
  }
}

uint32_t Labels::SharersOf(NodeId node) {
  const SharerList& sharers = sharers_.Of(node);
  if (sharers.size() == 0) return 0;
  if (sharers.size() > kMaxSharers) {
    if (many_ == 0) many_ = sharer_names_.NumberOfText("many");
    return many_;
  }
  NameList names;
  for (const NodeId sharer : sharers) names.Add(NameOfSharer(sharer));
  return sharer_names_.NumberOf(names);
}

StringId Labels::NameOfSharer(NodeId node) {
  HeapGraph& graph = heap_.graph;
  if (!heap_.ownership.IsObject(node)) return OfAnchor(node).text;
  if (graph.kind(node) != NodeKind::kObject && heap_.homes.contains(node)) {
    return graph.strings.Intern(FullName(graph, node));
  }
  const Leaf& leaf = leaves_.leaf_of_node[node];
  if (leaf.text == kNoString) return TypeOf(node);
  return leaf.form == LeafForm::kElement ? NameOfElements(leaf.text)
                                         : leaf.text;
}

StringId Labels::NameOfElements(StringId name) {
  const auto [entry, is_new] = name_of_elements_.try_emplace(name);
  if (is_new) {
    StringTable& strings = heap_.graph.strings;
    entry->second =
        strings.Intern(absl::StrCat(View(strings.Text(name)), "[*]"));
  }
  return entry->second;
}

void Labels::Prefetch(NodeId node) const {
  FetchAhead(&heap_.tree.idom[node]);
  FetchAhead(&leaves_.leaf_of_node[node]);
  if (!heap_.ownership.IsObject(node)) return;
  FetchAhead(&heap_.graph.shape_of_node[node]);
  if (IsShared(node)) sharers_.Prefetch(node);
}

}  // namespace heapgrind

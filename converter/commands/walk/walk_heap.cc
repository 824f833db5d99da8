#include "converter/commands/walk/walk_heap.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "converter/base/abseil_view.h"
#include "converter/commands/walk/python_text.h"
#include "converter/profile/leaf_names.h"
#include "converter/python/builtin_types.h"

namespace heapgrind {
namespace {

constexpr const char* kKindNames[] = {"",         "module", "class",
                                      "function", "code",   "frame"};

}  // namespace

WalkHeap::WalkHeap(AnalyzedHeap* heap, ValueTexts values)
    : heap_(*heap),
      owners_(heap->owners()),
      retained_(heap->retained_bytes()),
      type_names_(heap->type_names()),
      values_(std::move(values)),
      key_names_(heap->graph(), owners_.namespaces) {}

std::string WalkHeap::AnchorName(Place anchor) const {
  if (anchor == main()) return "main";
  if (anchor == ownership().held()) return "held";
  if (anchor == ownership().garbage()) return "unreachable";
  const Root& root = graph().roots[anchor - ownership().root(0)];
  const std::string_view name = graph().strings.Text(root.name);
  // sys.modules is an object.
  const bool has_name = !name.empty() && root.kind != RootKind::kModules;
  return std::string(has_name ? name : graph().strings.Text(root.kind_name));
}

std::string WalkHeap::Type(Place place) const {
  if (IsObject(place)) {
    return std::string(graph().strings.Text(type_names_.Of(place)));
  }
  const bool is_root = place != main() && place < ownership().held();
  if (!is_root) return place == main() ? "main" : "unreachable";
  return std::string(graph().strings.Text(
      graph().roots[place - ownership().root(0)].kind_name));
}

uint64_t WalkHeap::Size(Place place) const {
  return IsObject(place) ? graph().size[place] : 0;
}

uint64_t WalkHeap::Retained(Place place) const { return retained_[place]; }

std::string WalkHeap::Content(Place place) const {
  if (!IsObject(place)) return "";
  const std::string_view text = values_.Text(place);
  if (text.data() != nullptr) {
    const std::string_view type = graph().type(place);
    if (!IsTextType(type)) return std::string(text);
    const bool is_cut = values_.Length(place) > 0 && text.size() >= 5 &&
                        values_.Length(place) > text.size();
    return absl::StrCat(type == "bytes" ? "b" : "", QuotedText(text),
                        is_cut ? "..." : "");
  }
  const NodeKind kind = graph().kind(place);
  if (kind != NodeKind::kObject) {
    return absl::StrCat(kKindNames[static_cast<size_t>(kind)], " ",
                        FullName(graph(), place));
  }
  if (!IsContainerType(graph().type(place))) return "";
  const size_t num_pairs = graph().NumPairReferences(place);
  const size_t num_items =
      num_pairs > 0 ? num_pairs / 2 : graph().References(place).size();
  return absl::StrCat(num_items, num_items == 1 ? " item" : " items");
}

Place WalkHeap::DictOf(Place place) const {
  return IsObject(place) ? owners_.namespaces.DictOf(place) : kNoPlace;
}

bool WalkHeap::IsDict(Place place) const {
  return IsObject(place) && owners_.namespaces.IsNamespace(place);
}

// Whether it stands between its owner and its parts, as a part of the owner.
bool WalkHeap::IsSkippedDict(Place place) const {
  if (!IsDict(place)) return false;
  const Place owner = owners_.tree.idom[place];
  return owner != kNoDominator && DictOf(owner) == place;
}

Place WalkHeap::Owner(Place place) const {
  Place owner = owners_.tree.idom[place];
  if (owner == kNoDominator) return kNoPlace;
  return IsSkippedDict(owner) ? owners_.tree.idom[owner] : owner;
}

Place WalkHeap::Namer(Place place) {
  if (!namers_.has_value()) {
    const OwnedHeap heap = heap_.owned_heap();
    namers_ =
        FindLeaves(heap, FindShared(heap.graph, heap.ownership, heap.tree),
                   PlaceSubtrees(heap.tree))
            .namers;
  }
  return namers_->Of(place);
}

std::vector<Place> WalkHeap::Owned(Place place) {
  if (!owned_.has_value()) owned_ = DominatorChildren(owners_.tree);
  std::vector<Place> owned;
  const auto add = [this, &owned](Place owner) {
    const absl::Span<const Place> children = owned_->Of(owner);
    owned.insert(owned.end(), children.begin(), children.end());
  };
  add(place);
  const Place dict = DictOf(place);
  if (dict != kNoPlace && owners_.tree.idom[dict] == place) {
    owned.erase(std::find(owned.begin(), owned.end(), dict));
    add(dict);
  }
  std::stable_sort(owned.begin(), owned.end(), [this](Place a, Place b) {
    return std::make_pair(retained_[b], a) < std::make_pair(retained_[a], b);
  });
  return owned;
}

std::vector<bool> WalkHeap::Below(Place top) const {
  std::vector<bool> is_below(owners_.tree.idom.size());
  for (const Place place : owners_.tree.preorder) {
    const Place owner = owners_.tree.idom[place];
    is_below[place] =
        place == top || (owner != kNoDominator && is_below[owner]);
  }
  return is_below;
}

SourcePlace WalkHeap::Source(Place place) {
  if (!source_of_function_.has_value()) {
    source_of_function_ = FindSourcePlaces(graph(), heap_.profile(), sources());
  }
  const uint32_t function = heap_.functions().of_node[place];
  return function == kNoFunction ? SourcePlace()
                                 : (*source_of_function_)[function];
}

}  // namespace heapgrind

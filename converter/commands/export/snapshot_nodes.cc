#include "converter/commands/export/snapshot_nodes.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "converter/base/abseil_view.h"
#include "converter/profile/root_names.h"
#include "converter/python/builtin_types.h"

namespace heapgrind {
namespace {

// What is called by its own name instead of its type's.
SnapshotNodeType TypeOf(NodeKind kind) {
  switch (kind) {
    case NodeKind::kFunction:
      return SnapshotNodeType::kClosure;
    case NodeKind::kCode:
      return SnapshotNodeType::kCode;
    default:
      return SnapshotNodeType::kObject;
  }
}

}  // namespace

SnapshotNodes::SnapshotNodes(const ValueTexts* texts, AnalyzedHeap* heap,
                             SnapshotStrings* strings)
    : texts_(texts),
      graph_(heap->graph()),
      ownership_(heap->owners().ownership),
      type_names_(heap->type_names()),
      strings_(*strings),
      root_names_(RootNames(graph_)),
      main_(ownership_.main()),
      num_nodes_(ownership_.garbage() + 1) {}

SnapshotNode SnapshotNodes::Of(NodeId node) const {
  if (!ownership_.IsObject(node)) return OfAnchor(node);
  const auto size =
      static_cast<uint32_t>(std::min(graph_.size[node], kMaxSize));
  const std::string text = TextOf(node);
  if (!text.empty()) {
    return {SnapshotNodeType::kString, strings_.OfText(text), size};
  }
  const SnapshotNodeType type = TypeOf(graph_.kind(node));
  const bool has_name =
      type != SnapshotNodeType::kObject && graph_.text[node] != kNoString;
  return {type,
          strings_.Of(has_name ? graph_.text[node] : type_names_.Of(node)),
          size};
}

SnapshotNode SnapshotNodes::OfAnchor(NodeId node) const {
  std::string name;
  if (node == ownership_.held()) {
    name = "(held by C code alone)";
  } else if (node == ownership_.garbage()) {
    name = "(cycles that wait for collection)";
  } else if (node != main_) {
    const NodeId root = node - ownership_.root(0);
    name = absl::StrCat("(",
                        View(graph_.strings.Text(graph_.roots[root].kind_name)),
                        " ", root_names_[root], ")");
  }
  return {SnapshotNodeType::kSynthetic, strings_.OfText(name), 0};
}

// The text of a string, "" if it is not to be shown, or not known.
std::string SnapshotNodes::TextOf(NodeId node) const {
  if (texts_ == nullptr || !IsTextType(graph_.type(node))) return "";
  const std::string_view text = texts_->Text(node);
  const bool is_cut = texts_->Length(node) > text.size();
  return absl::StrCat(View(text), !text.empty() && is_cut ? "..." : "");
}

uint64_t SnapshotNodes::NumPartsOf(NodeId node) const {
  if (!ownership_.IsObject(node) || graph_.size[node] <= kMaxSize) return 0;
  return (graph_.size[node] - 1) / kMaxSize;
}

SnapshotNode SnapshotNodes::PartOf(NodeId node, uint64_t part) const {
  const uint64_t left = graph_.size[node] - (part + 1) * kMaxSize;
  const std::string name =
      absl::StrCat(View(graph_.strings.Text(type_names_.Of(node))), " (part ",
                   part + 2, " of ", NumPartsOf(node) + 1, ")");
  return {SnapshotNodeType::kObject, strings_.OfText(name),
          static_cast<uint32_t>(std::min(left, kMaxSize))};
}

}  // namespace heapgrind

// Labels: the name of an object's function, without the path.
//
// Objects that have the same owner and the same label form one function of the
// profile.  So a label holds what makes two objects different to a reader: the
// type, the leaf (leaf_names.h) and the sharers.  path_names.h adds the path.

#ifndef HEAPGRIND_CONVERTER_PROFILE_LABELS_H_
#define HEAPGRIND_CONVERTER_PROFILE_LABELS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "converter/heap/heap_graph.h"
#include "converter/owners/owned_heap.h"
#include "converter/profile/leaf_names.h"
#include "converter/profile/sharer_names.h"
#include "converter/profile/sharers.h"
#include "converter/python/type_names.h"

namespace heapgrind {

// What a row of the profile stands for.
enum class RowKind : uint8_t {
  kObjects,  // Objects without a name of their own: the leaf names them.
  // The others have a name of their own.
  kModule,
  kClass,
  kFunction,
  kFrame,
  kThread,
  kShared,       // Objects that everything refers to.
  kUnreachable,  // Objects that no root leads to.
  kOther,        // The interpreter, and other roots.
};

struct Label {
  RowKind kind = RowKind::kObjects;
  // The name of the type.  Rows that are not of one type have a word instead:
  // "module", "class", "def", "frame", "thread", "interpreter", "shared",
  // "unreachable".
  StringId type = kNoString;
  // The text of the leaf.  If the object has a name of its own (is_named), the
  // full name: pandas.core.frame.DataFrame.
  StringId text = kNoString;
  LeafForm form = LeafForm::kNone;
  // The object's own name where the leaf does not give it: that of a function
  // in a list, or of a suspended generator.  kNoString: none.
  StringId own_name = kNoString;
  // The line at which a frame or a suspended generator is: "app.py:41".
  StringId place = kNoString;
  // The sharers, as text: "app, data".  kNoString: one owner.  While labels are
  // made, a number in SharerNames instead; 0: one owner.
  StringId sharers = kNoString;
  // The one object that has this label, or kNoNode.
  NodeId object = kNoNode;

  bool is_named() const { return kind != RowKind::kObjects; }

  friend bool operator==(const Label& a, const Label& b) {
    return a.kind == b.kind && a.type == b.type && a.text == b.text &&
           a.form == b.form && a.own_name == b.own_name && a.place == b.place &&
           a.sharers == b.sharers && a.object == b.object;
  }

  // Takes two members at a time: each step of the hash takes eight bytes.
  template <typename H>
  friend H AbslHashValue(H state, const Label& label) {
    const auto pair = [](uint64_t a, uint64_t b) { return a << 32 | b; };
    return H::combine(std::move(state), pair(label.type, label.text),
                      pair(label.own_name, label.place),
                      pair(label.sharers, label.object),
                      pair(static_cast<uint8_t>(label.form),
                           static_cast<uint8_t>(label.kind)));
  }
};

// Whether `node` is only an implementation of its owner (a __dict__, a
// function's code) and has no function of its own.  `is_shared` and `leaves`
// are those of the heap (leaf_names.h).
bool IsPartOfOwner(const OwnedHeap& heap, const std::vector<bool>& is_shared,
                   const Leaves& leaves, NodeId node);

class Labels {
 public:
  explicit Labels(const OwnedHeap& heap);

  bool IsPartOfOwner(NodeId node) const {
    return heapgrind::IsPartOfOwner(heap_, is_shared_, leaves_, node);
  }

  // The label of `node`, which is neither a part of its owner nor main; of its
  // sharers, their number in TakeSharerNames().
  Label Of(NodeId node);

  // Whether the label of `node` is that of all such nodes of its shape with its
  // leaf, as nearly always.
  bool IsPlain(NodeId node) const;

  const Leaf& LeafOf(NodeId node) const { return leaves_.leaf_of_node[node]; }

  // Of the sharers in the labels so far; the heap's string table must live.
  SharerNames TakeSharerNames() { return std::move(sharer_names_); }

  // Fetches what Of(node) needs first.
  void Prefetch(NodeId node) const;

  // Whether the type in the label of `node` is a built-in one that only holds
  // other objects, such as list.
  bool IsContainer(NodeId node, const Label& label) const;

 private:
  void FindLeavesAndSharers();
  Label OfAnchor(NodeId anchor);
  Label OfDefinition(NodeId node);
  Label OfFrame(NodeId node);
  void NameItself(NodeId node, Label* label);
  std::string PlaceOf(NodeId node) const;
  StringId TypeOf(NodeId node);
  uint32_t SharersOf(NodeId node);
  StringId NameOfSharer(NodeId node);
  StringId NameOfElements(StringId name);
  bool IsShared(NodeId node) const;
  bool IsAtHome(NodeId node) const;
  bool IsRootOfUnreachable(NodeId node) const;
  Label Named(RowKind kind, std::string_view type, std::string_view name);

  OwnedHeap heap_;
  std::vector<bool> is_shared_;           // By node.
  const std::vector<bool> is_container_;  // By shape.
  std::vector<bool> is_plain_;            // By shape: its nodes may be.
  Leaves leaves_;
  Sharers sharers_;
  SharerNames sharer_names_;
  uint32_t many_ = 0;  // Among sharer_names_; 0: not asked for yet.
  absl::flat_hash_map<StringId, StringId> name_of_elements_;
  TypeNames type_names_;
  const std::vector<std::string> root_names_;  // By root.
  const StringId module_;
  const StringId class_;
  const StringId def_;
  std::vector<bool> is_defined_;  // By node: it has a Definition.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_LABELS_H_

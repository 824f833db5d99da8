// What each reference calls its target: the leaf of `app.CACHE['a']` is 'a'.

#ifndef HEAPGRIND_CONVERTER_PROFILE_REFERENCE_LEAVES_H_
#define HEAPGRIND_CONVERTER_PROFILE_REFERENCE_LEAVES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "converter/heap/heap_graph.h"
#include "converter/python/key_names.h"
#include "converter/python/namespaces.h"

namespace heapgrind {

enum class LeafForm : uint8_t {
  kNone,       // Nothing refers to it: a root.
  kAttribute,  // x.leaf: attributes, variables, named parts.
  kTextKey,    // x['leaf']
  kNumberKey,  // x[leaf]: a key that is no text.
  kElement,    // x[*]: an element, or one of many values of a dictionary.
  kKey,        // A key of a dictionary.
  kUnnamed,    // A reference without a name.
  kBlock,      // A block of native memory; it adds nothing to its owner's path.
  kNamespace,  // The __dict__ of its owner, part of it.
  kFrame,      // A frame called by another frame or held by a thread.
};

struct Leaf {
  // For kAttribute, kTextKey and kNumberKey.  For kElement the container's own
  // name, where it stands for the path (shared_names.h), or kNoString.
  StringId text = kNoString;
  LeafForm form = LeafForm::kNone;

  friend bool operator==(const Leaf& a, const Leaf& b) {
    return a.text == b.text && a.form == b.form;
  }
};

class ReferenceLeaves {
 public:
  // Both must outlive it; the graph's string table takes texts of keys.  Linear
  // in the shapes and the definitions.
  ReferenceLeaves(HeapGraph* graph, const Namespaces& namespaces);

  // What `source` calls the target of its `index`-th reference, which is not
  // kNoNode.  Linear in the items of a dictionary that may keep its keys, of
  // which there are few; else in constant time.  Keys of one name are told
  // apart by numbers in the dictionary's order, if they are few: "<Job>",
  // "<Job> #2".
  Leaf Of(NodeId source, size_t index);

  // The same of a root's `index`-th reference.
  Leaf OfRoot(const Root& root, size_t index) const;

 private:
  Leaf OfValue(NodeId mapping, size_t index);
  bool IsPlainText(NodeId key) const;
  void NameValues(NodeId mapping);
  size_t EndOfAlike(size_t begin) const;
  void NumberAlike(size_t begin, size_t end);
  Leaf OfKey(NodeId key);
  Leaf OfPart(NodeId source, size_t index) const;
  bool IsBlock(NodeId target) const { return graph_.shape(target).is_native; }
  bool KeepsKeys(NodeId mapping) const;
  bool ValuesAreOfOneType(NodeId mapping) const;
  bool IsUnnamedDict(NodeId owner, NodeId target) const;

  HeapGraph& graph_;
  const Namespaces& namespaces_;
  const KeyNames key_names_;
  const StringId dict_name_;
  const StringId called_name_;
  const std::vector<bool> has_elements_;  // By shape.
  // The mapping that was asked for last, the leaves of its values, and the
  // places of those with a text, alike ones side by side.
  NodeId mapping_ = kNoNode;
  std::vector<Leaf> leaf_of_item_;
  std::vector<size_t> order_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_REFERENCE_LEAVES_H_

// The kinds of references, and the rules that tell them apart.
//
//   owning    holds its target as a part.
//   key       is looked up by its target: a dictionary's key, a set's member.
//   callback  will call its target: a bound method's object.
//   local     holds its target for a while, as a local variable does.
//   borrowed  uses its target, which belongs elsewhere.
//   native    is a word that C code has, and may only look like a pointer, or
//             have been one: it tells an owner if nothing else does.
//
// The first row that fits a reference gives its kind:
//
//   from              reference                       kind
//   anything          a definition with a home        borrowed (homes.h)
//   registry          the objects it lists            borrowed (registries.h)
//   Thread            `_target`, `_args`, `_kwargs`   local
//   anything          globals, builtins, code of a
//                     frame or a generator, and a
//                     frame's function and caller     borrowed
//   frame             `called`: the frame it called   owning
//   frame object      `f_frame`: the frame itself     owning
//   frame             any other name                  local
//   generator that    its frame, and what is without
//   a thread runs     a name                          borrowed
//   generator         what it waits for, its own
//                     names, its frame object         owning
//   generator         any other name: a variable      local
//   lru_cache         its results and their keys      local
//   dictionary        a key that is no plain value    key
//   set               a member that is no plain value key
//   bound method      `__self__`                      callback
//   root of a thread  the hooks of an event loop      borrowed
//   interpreter       what it calls when something
//                     happens: a signal, its end      borrowed
//   anything          to the inside of a native block native
//   C variables       whatever their words point at   native
//   native block      the objects that its words
//                     point at                        native
//   anything          anything else                   owning
//
// A home owns its definitions by edges that ownership.h adds.  `_target` and
// its arguments are the variables of a thread's first call.  Generators are
// coroutines and asynchronous generators, too: from Python 3.11 on they keep
// their frame's variables themselves while they are suspended.  The hooks are
// for asynchronous generators.  A cache keeps what it was asked for, whoever
// made that: it owns what nothing else does.  So does a dictionary that says
// something of its keys, `seen[node] = True`, and a set, `seen.add(node)`; what
// a dictionary maps keys to is its own.  A bound method is a call to come, and
// `self` its first argument: the list of callbacks does not own who is called.

#ifndef HEAPGRIND_CONVERTER_OWNERS_REFERENCE_KINDS_H_
#define HEAPGRIND_CONVERTER_OWNERS_REFERENCE_KINDS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "converter/heap/heap_graph.h"
#include "converter/heap/named_reference.h"
#include "converter/owners/back_references.h"
#include "converter/owners/homes.h"

namespace heapgrind {

enum class ReferenceKind : uint8_t {
  kOwning,
  kKey,
  kCallback,
  kLocal,
  kBorrowed,
  kNative
};
inline constexpr size_t kNumReferenceKinds = 6;

class ReferenceKinds {
 public:
  // Every reference is owning: the classical heap graph.
  explicit ReferenceKinds(const HeapGraph& graph);

  // By the rules above.
  ReferenceKinds(const HeapGraph& graph, const Homes& homes)
      : ReferenceKinds(graph, homes, FindBackReferences(graph)) {}
  ReferenceKinds(const HeapGraph& graph, const Homes& homes,
                 std::vector<bool> is_back);

  // The kind of `source`'s `index`-th reference, whose target is not kNoNode.
  // Constant time.
  ReferenceKind Of(NodeId source, size_t index) const {
    if (has_home_.empty()) return ReferenceKind::kOwning;
    if (has_home_[graph_.References(source)[index]]) {
      return ReferenceKind::kBorrowed;
    }
    if (!has_inside_.empty() && has_inside_[source] &&
        IsInside(source, index)) {
      return ReferenceKind::kNative;
    }
    if (!is_back_.empty() && is_back_[graph_.first_reference[source] + index])
      return ReferenceKind::kBorrowed;
    if (!IsPlain(source)) return OfPart(source, index);
    return has_keys_[graph_.shape_of_node[source]] && IsKey(source, index)
               ? ReferenceKind::kKey
               : ReferenceKind::kOwning;
  }

  // Whether each reference of `source` is owning, but for those to what has a
  // home and those that lead back: as nearly always.
  bool OwnsAllParts(NodeId source) const {
    return has_home_.empty() ||
           (IsPlain(source) && !has_keys_[graph_.shape_of_node[source]] &&
            (has_inside_.empty() || !has_inside_[source]));
  }

  // Of(source, index) of a source that OwnsAllParts(); `place` is that in
  // graph.references.
  ReferenceKind OfPlain(uint64_t place) const {
    const bool is_borrowed =
        !has_home_.empty() && (has_home_[graph_.references[place]] ||
                               (!is_back_.empty() && is_back_[place]));
    return is_borrowed ? ReferenceKind::kBorrowed : ReferenceKind::kOwning;
  }

  // The kind of a root's `index`-th reference.
  ReferenceKind OfRoot(const Root& root, size_t index) const;

 private:
  // Whether all references to what has no home are owning, as nearly always.
  bool IsPlain(NodeId source) const {
    return is_plain_shape_[graph_.shape_of_node[source]] &&
           !is_registry_[source] && !is_of_thread_[source];
  }

  // Whether a reference of a dictionary or set, to what has no home, is one by
  // which it looks up more than plain values.
  bool IsKey(NodeId source, size_t index) const {
    const NodeId target = graph_.References(source)[index];
    if (is_plain_value_[target]) return false;
    const bool is_member = !graph_.shape(source).is_mapping;
    return is_member ||
           (index % 2 == 0 && index < graph_.NumPairReferences(source));
  }

  bool IsInside(NodeId source, size_t index) const;
  void FindBorrowedNames();
  void FindPlainShapes();
  void FindKeys();
  void FindThreads();
  void FindRunningFrames();
  ReferenceKind OfPart(NodeId source, size_t index) const;
  ReferenceKind OfGenerator(NodeId source, size_t index) const;
  ReferenceKind OfThread(NodeId source, size_t index) const;

  const HeapGraph& graph_;
  const NamedReference frame_;          // Of a generator, unless suspended.
  std::vector<bool> has_home_;          // By node; empty if all is owning.
  std::vector<bool> is_registry_;       // By node.
  std::vector<bool> is_of_thread_;      // By node: a Thread, or its __dict__.
  std::vector<bool> is_borrowed_name_;  // By StringId, up to a last one.
  std::vector<bool> is_running_;        // By node: a frame that a thread runs.
  std::vector<bool> is_generator_;      // By number of the shape.
  std::vector<bool> is_cache_;          // By number of the shape.
  std::vector<bool> is_plain_shape_;    // By number of the shape.
  std::vector<bool> has_keys_;          // By number of the shape.
  std::vector<bool> is_method_;         // By number of the shape.
  std::vector<bool> is_back_;           // By reference; may be empty.
  std::vector<bool> has_inside_;        // By node; may be empty.
  std::vector<bool> is_plain_value_;    // By node: a string, a number.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OWNERS_REFERENCE_KINDS_H_

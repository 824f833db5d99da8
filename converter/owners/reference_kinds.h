// The three kinds of references, and the rules that tell them apart.
//
//   owning    holds its target as a part.
//   local     holds its target for a while, as a local variable does.
//   borrowed  uses its target, which belongs elsewhere.
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
//   root of a thread  the hooks of an event loop      borrowed
//   anything          anything else                   owning
//
// A home owns its definitions by edges that ownership.h adds.  `_target` and
// its arguments are the variables of a thread's first call.  Generators are
// coroutines and asynchronous generators, too: from Python 3.11 on they keep
// their frame's variables themselves while they are suspended.  The hooks are
// for asynchronous generators.  A cache keeps what it was asked for, whoever
// made that: it owns what nothing else does.

#ifndef HEAPGRIND_CONVERTER_OWNERS_REFERENCE_KINDS_H_
#define HEAPGRIND_CONVERTER_OWNERS_REFERENCE_KINDS_H_

#include <cstdint>
#include <vector>

#include "converter/heap/heap_graph.h"
#include "converter/heap/named_reference.h"
#include "converter/owners/homes.h"

namespace heapgrind {

enum class ReferenceKind : uint8_t { kOwning, kLocal, kBorrowed };

class ReferenceKinds {
 public:
  // Every reference is owning: the classical heap graph.
  explicit ReferenceKinds(const HeapGraph& graph);

  // By the rules above.
  ReferenceKinds(const HeapGraph& graph, const Homes& homes);

  // The kind of `source`'s `index`-th reference, whose target is not kNoNode.
  // Constant time.
  ReferenceKind Of(NodeId source, size_t index) const {
    if (has_home_.empty()) return ReferenceKind::kOwning;
    if (has_home_[graph_.References(source)[index]]) {
      return ReferenceKind::kBorrowed;
    }
    return IsPlain(source) ? ReferenceKind::kOwning : OfPart(source, index);
  }

  // The kind of a root's `index`-th reference.
  ReferenceKind OfRoot(const Root& root, size_t index) const;

 private:
  // Whether all references to what has no home are owning, as nearly always.
  bool IsPlain(NodeId source) const {
    return is_plain_shape_[graph_.shape_of_node[source]] &&
           !is_registry_[source] && !is_of_thread_[source];
  }

  void FindBorrowedNames();
  void FindPlainShapes();
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
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OWNERS_REFERENCE_KINDS_H_

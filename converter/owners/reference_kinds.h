// The three kinds of references, and the rules that tell them apart.
//
//   owning    holds its target as a part.
//   local     a frame's local variable: holds its target for a while.
//   borrowed  only uses its target.
//
// A reference to a definition that has a home (homes.h) is borrowed, wherever
// it comes from: the home itself owns it through an edge that ownership adds.
// Besides, what a function or a frame needs to run is borrowed: its globals,
// its builtins, a frame's function, its code and the frame that called it.  A
// reference of a frame with any other name is local, but for `called`, the
// frame it called, and `f_frame`, the frame that a frame object stands for,
// which are owned.  What a Thread was started with (`_target`, `_args`) is
// local as well: they are the variables of its first call.  A suspended
// generator or coroutine keeps its frame's variables itself, and they are local
// likewise; what it waits for is owned.  While it runs, it borrows its frame,
// and what else it shows, from the thread that runs it.  Registries
// (registries.h) borrow what they list, and threads the hooks that an event
// loop sets for its asynchronous generators.  All other references are owning.

#ifndef HEAPGRIND_CONVERTER_OWNERS_REFERENCE_KINDS_H_
#define HEAPGRIND_CONVERTER_OWNERS_REFERENCE_KINDS_H_

#include <cstdint>
#include <vector>

#include "converter/heap/heap_graph.h"
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
  std::vector<bool> has_home_;          // By node; empty if all is owning.
  std::vector<bool> is_registry_;       // By node.
  std::vector<bool> is_of_thread_;      // By node: a Thread, or its __dict__.
  std::vector<bool> is_borrowed_name_;  // By StringId, up to a last one.
  std::vector<bool> is_running_;        // By node: a frame that a thread runs.
  std::vector<bool> is_generator_;      // By number of the shape.
  std::vector<bool> is_plain_shape_;    // By number of the shape.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OWNERS_REFERENCE_KINDS_H_

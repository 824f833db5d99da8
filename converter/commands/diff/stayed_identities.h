// Objects that came between a first and a second dump and have stayed since:
// suspected leaks.  What holds them is in suspects/stayed_objects.h.
//
// With dumps 1, 2, 3 they are (2 and 3) without 1: what one request makes and
// the next one drops is not among them, and neither is what was there before.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_DIFF_STAYED_IDENTITIES_H_
#define HEAPGRIND_CONVERTER_COMMANDS_DIFF_STAYED_IDENTITIES_H_

#include <vector>

#include "converter/commands/analyzed_heap.h"
#include "converter/commands/diff/object_identities.h"

namespace heapgrind {

// Both in the order of addresses: the objects of `after` that `before` does not
// have; those of `candidates` that `heap` still has.
std::vector<ObjectIdentity> WithoutThoseOf(
    const std::vector<ObjectIdentity>& before,
    const std::vector<ObjectIdentity>& after);
std::vector<ObjectIdentity> StillIn(
    const std::vector<ObjectIdentity>& heap,
    const std::vector<ObjectIdentity>& candidates);

// The same for heaps that come one after the other.  Keeps 16 bytes for each
// object of the first heap, until the second is there, then for each of the
// candidates.
class StayedSearch {
 public:
  void Add(std::vector<ObjectIdentity> heap);

  // The objects that all heaps but the first have.
  const std::vector<ObjectIdentity>& objects() const { return candidates_; }

  size_t num_heaps() const { return num_heaps_; }

 private:
  size_t num_heaps_ = 0;
  std::vector<ObjectIdentity> first_;  // Of the first heap alone.
  std::vector<ObjectIdentity> candidates_;
};

// By node of the ownership graph: whether it is one of `objects`, which are in
// the order of their addresses and all in `heap`.
std::vector<bool> NodesOf(const std::vector<ObjectIdentity>& objects,
                          AnalyzedHeap* heap);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_DIFF_STAYED_IDENTITIES_H_

// The name path of each place, by its owners.
//
// A place goes by the name of its owner and the step from there; where the
// owner does not refer to it, because others share it, by the name that it has
// in a profile (shared_names.h); where it has none there, by what refers to it
// on a shortest path from a root.  What no name leads to goes by its address.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_WALK_PLACE_NAMES_H_
#define HEAPGRIND_CONVERTER_COMMANDS_WALK_PLACE_NAMES_H_

#include <string>
#include <vector>

#include "converter/commands/walk/walk_heap.h"

namespace heapgrind {

class PlaceNames {
 public:
  // `heap` must outlive it.
  explicit PlaceNames(WalkHeap* heap) : heap_(*heap) {}

  // The name path of a place: FindPlace finds by it the place, or where one
  // object has several steps of that name, the first of them.  Of the front of
  // a path that grows too long, the address.
  std::string Of(Place place);

 private:
  bool IsTop(Place place, std::string* name) const;
  Place Holder(Place place, const std::vector<Place>& passed,
               std::string* step);
  Place NearestHolder(Place place, std::string* step);

  Place StepFrom(Place holder, Place place, std::string* step);
  void FindNearest();

  WalkHeap& heap_;
  std::vector<NodeId> nearest_;  // NearestReferrers, once they are asked for.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_WALK_PLACE_NAMES_H_

// What the references from a place are called, as Python writes it.
//
//     .data        an attribute, a variable, a named part
//     .'cell x'    the same, where the name is no identifier
//     ['sess-7']   a value of a dictionary, by its key; [7], [('a', 1)]
//     [0x7f0c81]   the same, by the key's address, where it has no text
//     [3]          an element of a list or tuple
//     <3>          a reference without a name: the third, from 0
//     {'x'}        a key of a dictionary
//
// Names of several such steps, one behind the other, are name paths.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_WALK_EDGES_H_
#define HEAPGRIND_CONVERTER_COMMANDS_WALK_EDGES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "converter/commands/walk/walk_heap.h"

namespace heapgrind {

struct Edge {
  std::string name;
  Place target = kNoPlace;  // kNoPlace: an object that the dump lacks.
};

// What the `index`-th reference of an object is called.
std::string ReferenceText(const WalkHeap& heap, NodeId node, size_t index);

// All references of a place, in the order of the dump.  Of main: the modules,
// and what else holds objects.
std::vector<Edge> References(const WalkHeap& heap, Place place);

// Where one can go from a place: its references, but attributes in place of the
// `__dict__` that holds them, and without keys and absent objects.  In the
// order of the dump.
std::vector<Edge> Steps(const WalkHeap& heap, Place place);

// The name of the first step from one place to another, or of the first
// reference; "" if there is none.
std::string NameBetween(const WalkHeap& heap, Place from, Place to);

// Where the step or the reference of that name leads; kNoPlace if there is
// none.
Place FollowName(const WalkHeap& heap, Place from, const std::string& name);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_WALK_EDGES_H_

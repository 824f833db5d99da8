// The heap as a walk through it sees it: places, and what is known of each.
//
// A place is an object, or one of the few things that hold objects without
// being one: main, a root of the dump, what is unreachable.  Places have the
// numbers that the ownership graph gives them, so an object's place is its
// node.  An owner's `__dict__` is a part of it, here as in a profile: places
// are asked for their owners and parts without it.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_WALK_WALK_HEAP_H_
#define HEAPGRIND_CONVERTER_COMMANDS_WALK_WALK_HEAP_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "converter/commands/analyzed_heap.h"
#include "converter/commands/value_texts.h"
#include "converter/graph/reverse_edges.h"
#include "converter/profile/leaf_names.h"
#include "converter/profile/source_places.h"
#include "converter/python/key_names.h"
#include "converter/python/module_table.h"
#include "converter/python/source_files.h"

namespace heapgrind {

using Place = NodeId;
inline constexpr Place kNoPlace = kNoNode;

class WalkHeap {
 public:
  // Finds the owners; `heap` must outlive it.
  WalkHeap(AnalyzedHeap* heap, ValueTexts values);
  WalkHeap(const WalkHeap&) = delete;
  WalkHeap& operator=(const WalkHeap&) = delete;

  const HeapGraph& graph() const { return heap_.graph(); }
  const OwnershipGraph& ownership() const { return owners_.ownership; }
  const ModuleTable& modules() const { return owners_.modules; }
  const ValueTexts& values() const { return values_; }
  const KeyNames& key_names() const { return key_names_; }

  Place main() const { return ownership().main(); }
  bool IsObject(Place place) const { return ownership().IsObject(place); }

  // What a module is known by; kNoString if it is none of modules().
  StringId ModuleName(Place place) const { return modules().NameOf(place); }

  // The object at `address`, or kNoPlace.
  Place At(uint64_t address) const { return graph().address.Find(address); }

  // What a place is called that is no object: "main", "MainThread",
  // "interpreter", "unreachable", "held".
  std::string AnchorName(Place anchor) const;

  std::string Type(Place place) const;
  uint64_t Size(Place place) const;      // Bytes of its own.
  uint64_t Retained(Place place) const;  // Bytes of all that it owns, and own.

  // What is in it, for people: 'text', 17, 500 items, the name of a definition.
  std::string Content(Place place) const;

  // Its `__dict__`, or kNoPlace; whether it is one of something else.
  Place DictOf(Place place) const;
  bool IsDict(Place place) const;

  // The place that owns it; kNoPlace for main.
  Place Owner(Place place) const;

  // The place whose reference is its name in a profile, where its owner does
  // not refer to it; or kNoPlace.  The first call names all (leaf_names.h).
  Place Namer(Place place);

  // What it owns directly, what retains most first, then by place.
  std::vector<Place> Owned(Place place);

  // By place: whether it is `top` or owned by it, directly or not.
  std::vector<bool> Below(Place top) const;

  // Where it, its class, or what owns it is made; file is kNoString if unknown.
  SourcePlace Source(Place place);
  SourceFiles* sources() { return heap_.sources(); }

 private:
  bool IsSkippedDict(Place place) const;

  AnalyzedHeap& heap_;
  const OwnerAnalysis& owners_;
  const std::vector<uint64_t>& retained_;
  const TypeNames& type_names_;
  const ValueTexts values_;
  const KeyNames key_names_;
  std::optional<Namers> namers_;
  std::optional<ReverseEdges> owned_;  // DominatorChildren, once asked for.
  std::optional<std::vector<SourcePlace>> source_of_function_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_WALK_WALK_HEAP_H_

// Objects that came between a first and a second dump and have stayed since:
// suspected leaks, with what holds them.
//
// With dumps 1, 2, 3 they are (2 and 3) without 1: what one request makes and
// the next one drops is not among them, and neither is what was there before.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_DIFF_SUSPECTS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_DIFF_SUSPECTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/commands/analyzed_heap.h"
#include "converter/commands/diff/heap_difference.h"
#include "converter/commands/diff/object_identities.h"

namespace heapgrind {

// The suspects of one function that no other suspect owns directly, and all
// that these own in turn.
struct SuspectRow {
  std::string name;      // Of the function: "Session::[*] (app.CACHE[*])".
  uint64_t topmost = 0;  // Objects.
  ObjectSum suspects;    // With those that they own.
  std::string example;   // The path of one of the topmost.
};

struct Suspects {
  ObjectSum all;
  std::vector<SuspectRow> rows;  // Those with most bytes first.
};

// Both in the order of addresses: the objects of `after` that `before` does not
// have; those of `candidates` that `heap` still has.
std::vector<ObjectIdentity> WithoutThoseOf(
    const std::vector<ObjectIdentity>& before,
    const std::vector<ObjectIdentity>& after);
std::vector<ObjectIdentity> StillIn(
    const std::vector<ObjectIdentity>& heap,
    const std::vector<ObjectIdentity>& candidates);

// Who owns the suspects in the last dump: `heap`, of which `compared` was made.
Suspects FindOwners(const std::vector<ObjectIdentity>& suspects,
                    const ComparedHeap& compared, const StringTable& strings,
                    AnalyzedHeap* heap);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_DIFF_SUSPECTS_H_

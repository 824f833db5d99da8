// Profiles of one program joined to one, row by row: compared, or added up.
//
// Functions of two profiles are the same if their owners are and their labels,
// but for the line where a frame or a generator is: if they have one path. What
// a function costs now, and did before, is what it costs in each; by how much
// it has grown or shrunk is counted for each function by itself and added up,
// so that no number is negative:
//
//                        before  after  grown  shrunk
//     app                   100    110     30      20   inclusive
//       dict::CACHE          60     90     30       0   self
//       list::QUEUE          40     20      0      20   self

#ifndef HEAPGRIND_CONVERTER_PROFILE_JOINED_PROFILES_H_
#define HEAPGRIND_CONVERTER_PROFILE_JOINED_PROFILES_H_

#include "converter/base/string_table.h"
#include "converter/profile/profile_tree.h"
#include "converter/profile/prune.h"

namespace heapgrind {

// A profile that is not pruned, and the texts of its labels.
struct BaseProfile {
  ProfileTree tree;
  StringTable strings;
};

// The functions of both, with `after`'s examples and bytes, and the larger of
// their numbers of objects.  Both must not be pruned; the labels' texts are in
// `strings`, which takes those of `before`.  Linear.
ProfileTree JoinProfiles(const BaseProfile& before, const ProfileTree& after,
                         StringTable* strings);

// The functions of all, with what they cost in all, and with `last`'s examples.
// Else as above.
ProfileTree SumProfiles(const BaseProfile& others, const ProfileTree& last,
                        StringTable* strings);

// A joined profile with what is small gathered (prune.h): what is small now and
// was before.
ProfileTree PruneJoined(const ProfileTree& joined, const PruneLimits& limits,
                        StringTable* strings);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_JOINED_PROFILES_H_

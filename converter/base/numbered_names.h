// Names that differ in a number alone: worker-1, worker-2, worker-3.

#ifndef HEAPGRIND_CONVERTER_BASE_NUMBERED_NAMES_H_
#define HEAPGRIND_CONVERTER_BASE_NUMBERED_NAMES_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace heapgrind {

bool HasDigit(std::string_view text);

// By name: what all of its kind are called, with `*` for the number: pool-0_*;
// "" if it is one of fewer than `min_names`.
//
// Names are of one kind if they differ in their last number, that in front of
// " (...)" where there is one: `pool-0_1` and `pool-1_1` are of two pools,
// Thread-1 (work) and Thread-2 (work) of one kind.  Those of which there are
// too few are of one kind if they differ in any numbers.  Equal names count
// once.  Linear in the texts.
std::vector<std::string> FoldNumberedNames(
    const std::vector<std::string_view>& names, size_t min_names);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_BASE_NUMBERED_NAMES_H_

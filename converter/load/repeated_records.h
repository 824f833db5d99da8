// Compares records that a dump has twice.

#ifndef HEAPGRIND_CONVERTER_LOAD_REPEATED_RECORDS_H_
#define HEAPGRIND_CONVERTER_LOAD_REPEATED_RECORDS_H_

#include <cstdint>
#include <vector>

#include "converter/load/node_numbers.h"
#include "converter/load/record_block.h"

namespace heapgrind {

struct RepeatCounts {
  uint64_t same = 0;           // Records equal to the first of their address.
  uint64_t contradicting = 0;  // Others.
};

// Counts the `repeated` records, which are not the first of their address.
// Costs a pass over all blocks if there are any.
RepeatCounts CountRepeats(const std::vector<RecordBlock>& blocks,
                          const std::vector<RecordPlace>& repeated);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_REPEATED_RECORDS_H_

// The end record, and what share of the process's memory the records explain.

#ifndef HEAPGRIND_SCANNER_RECORD_END_RECORD_H_
#define HEAPGRIND_SCANNER_RECORD_END_RECORD_H_

#include "output/output.h"
#include "record/record_writer.h"

namespace heapgrind {

struct NativeLosses {
  // Why there are no blocks of native code; null: they are there, or were not
  // wanted.
  const char* unknown = nullptr;
  // Blocks, and objects found after them, that did not come to an end.
  uint64_t num_cut_short = 0;
};

// Writes the last line of the dump whose records `writer` has written.
void WriteEnd(const RecordWriter& writer, int num_lost_roots,
              const NativeLosses& native, Output* output);

// The share of what the allocators have handed out that the records account
// for; what is absent counts on neither side.  Negative if the allocators do
// not say.
double ExplainedShare(const RecordSums& sums, const hg_process& process);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_END_RECORD_H_

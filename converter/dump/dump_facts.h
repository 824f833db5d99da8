// What reading a dump found out about the dump as a whole.

#ifndef HEAPGRIND_CONVERTER_DUMP_DUMP_FACTS_H_
#define HEAPGRIND_CONVERTER_DUMP_DUMP_FACTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "converter/dump/dump_header.h"

namespace heapgrind {

// What the end record says.
struct EndFacts {
  uint64_t num_objects = 0;
  uint64_t objects_size = 0;  // Bytes.
  // Objects for which there was no room, and their bytes.
  uint64_t num_left_out = 0;
  uint64_t left_out_size = 0;
  // Bytes that the allocators have handed out for the objects, and how many of
  // malloc's are neither resident nor swapped out.  Zero up to format 1.
  uint64_t pymalloc_explained = 0;
  uint64_t malloc_explained = 0;
  uint64_t native_explained = 0;  // Of malloc's, what native code holds.
  uint64_t malloc_absent = 0;
  uint64_t swapped = 0;           // Bytes of large blocks that are swapped out.
  uint64_t resident_unknown = 0;  // Records that do not say what is resident.
  // Of a process that was stopped anywhere: records of objects that contradict
  // themselves, of those that could not be read, and roots without a record.
  uint64_t num_damaged = 0;
  uint64_t num_unreadable = 0;
  uint64_t num_lost_roots = 0;
  // Blocks of native memory, and objects that only those led to, that did not
  // come to an end.
  uint64_t num_native_cut_short = 0;
  // Why nobody owns native memory; empty: it has owners, or was not wanted.
  std::string native_unknown;
};

struct DumpFacts {
  bool has_header = false;  // Meliae writes none.
  DumpHeader header;        // Empty without one.

  bool has_end_record = false;  // Meliae writes none.
  bool is_array_open = false;   // There was a `[` but no `]`.
  bool is_last_line_cut_off = false;
  bool is_data_cut_off = false;

  uint64_t num_lines = 0;  // With blank ones and one cut off.
  uint64_t num_roots = 0;
  uint64_t num_surplus_names = 0;  // Of no reference; no sink has seen them.
  uint64_t num_objects = 0;   // Records; an object dumped twice counts twice.
  uint64_t objects_size = 0;  // Bytes: sum of their `size`, modulo 2^64.

  EndFacts end;  // All 0 without an end record.
};

// One sentence for each way in which the dump is not whole, without the name of
// the dump: a last line cut off, compressed data cut off, names of no
// reference, no end, an end record that contradicts the records or tells of
// objects without.  None for a whole
// dump.
std::vector<std::string> DescribeLosses(const DumpFacts& facts);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_DUMP_FACTS_H_

// What reading a dump found out about the dump as a whole.

#ifndef HEAPGRIND_CONVERTER_DUMP_DUMP_FACTS_H_
#define HEAPGRIND_CONVERTER_DUMP_DUMP_FACTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "converter/dump/dump_header.h"

namespace heapgrind {

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

  // What the end record says of the two; 0 without one.
  uint64_t end_num_objects = 0;
  uint64_t end_objects_size = 0;
  // Objects for which there was no room, by the end record, and their bytes.
  uint64_t num_left_out = 0;
  uint64_t left_out_size = 0;
};

// One sentence for each way in which the dump is not whole, without the name of
// the dump: a last line cut off, compressed data cut off, names of no
// reference, no end, an end record that contradicts the records or tells of
// objects without.  None for a whole
// dump.
std::vector<std::string> DescribeLosses(const DumpFacts& facts);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_DUMP_FACTS_H_

// Links packed records to a heap graph.
//
// A reference may come before the object it points to, so records stay packed,
// with addresses, until all addresses are known.  Then
//
//     blocks -> node numbers -> sizes, shapes -> references -> texts
//            -> what the dump does not say (completed_graph.h)
//
// and each array of the blocks is freed as soon as the graph has what was in
// it: the two are never in memory whole at once.

#ifndef HEAPGRIND_CONVERTER_LOAD_GRAPH_LINKER_H_
#define HEAPGRIND_CONVERTER_LOAD_GRAPH_LINKER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "converter/heap/heap_graph.h"
#include "converter/load/record_packer.h"

namespace heapgrind {

// What a dump holds that the graph cannot: counted, to be reported once.
struct GraphLosses {
  uint64_t repeated_objects = 0;       // Dumped again with the same content.
  uint64_t contradicting_objects = 0;  // Dumped again with other content.
  uint64_t absent_references = 0;      // To objects that the dump lacks.
  uint64_t absent_sites = 0;           // Objects' and callers' that it lacks.
  uint64_t references_left_out = 0;    // By the scanner, as its user asked.
};

// The graph of what several threads have packed; fewer than 2^32 - 1 records.
// It depends neither on the number of threads nor on which of them packed what;
// but for the numbers of strings it does not depend on the order of the records
// either, save that of two records of one address the first counts.  Adds to
// `losses`.
HeapGraph LinkGraph(std::vector<PackedRecords> packed, size_t num_threads,
                    GraphLosses* losses);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_GRAPH_LINKER_H_

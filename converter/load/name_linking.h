// Gives the nodes of a graph the texts that can become names.
//
// Most texts of a heap are the content of strings that no name is made of.
// Only once the references are known can one tell which are: then those are
// looked up and stored, and the others never are.

#ifndef HEAPGRIND_CONVERTER_LOAD_NAME_LINKING_H_
#define HEAPGRIND_CONVERTER_LOAD_NAME_LINKING_H_

#include <vector>

#include "converter/heap/heap_graph.h"
#include "converter/load/record_block.h"

namespace heapgrind {

// Fills graph->text and graph->definitions.  The blocks' `address` holds node
// numbers, kNoNode for records that do not count.
void LinkNames(const std::vector<RecordBlock>& blocks, HeapGraph* graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_NAME_LINKING_H_

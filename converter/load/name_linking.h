// Stores in a graph the texts that can become names (name_texts.h).
//
// Whether a text can become a name depends on the references to it.  So the
// records' texts stay packed until all references are linked.  Then the names
// are interned and stored with their nodes, and content is dropped.

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

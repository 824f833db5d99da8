// Leaves keys of dictionaries out of names: they may be e-mail addresses.

#ifndef HEAPGRIND_CONVERTER_PROFILE_HIDDEN_KEYS_H_
#define HEAPGRIND_CONVERTER_PROFILE_HIDDEN_KEYS_H_

#include "converter/heap/heap_graph.h"

namespace heapgrind {

// Takes the texts of strings and numbers from the graph, but for those that are
// identifiers in ASCII: what they are keys of becomes `[*]` in every name.  To
// be called when the owners are known, which depend on texts, and before labels
// are made. Linear.
void HideTexts(HeapGraph* graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_HIDDEN_KEYS_H_

// Writes a heap as V8 writes its own, for the Memory panel of Chrome and Edge,
// for memlab, and for what else reads `.heapsnapshot` files.
//
// It is one JSON object: the lists `nodes`, `edges` and `strings`, which refer
// to each other by place, and `snapshot.meta`, which says what the numbers
// mean.  Node 0 is main, behind it come the objects in the order of their
// addresses, the roots, and the parts of objects that are too large for one
// node.
//
// Written as it is made; the texts are kept until the end.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_EXPORT_HEAP_SNAPSHOT_WRITER_H_
#define HEAPGRIND_CONVERTER_COMMANDS_EXPORT_HEAP_SNAPSHOT_WRITER_H_

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "converter/commands/analyzed_heap.h"
#include "converter/commands/value_texts.h"

namespace heapgrind {

// Hands the snapshot to `write`, piece by piece.  With `texts`, strings show
// theirs.
void WriteHeapSnapshot(const ValueTexts* texts, AnalyzedHeap* heap,
                       absl::FunctionRef<void(absl::string_view)> write);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_EXPORT_HEAP_SNAPSHOT_WRITER_H_

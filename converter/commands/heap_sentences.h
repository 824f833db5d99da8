// The sentences of a heap: who holds most, what grew, what came and stayed.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_HEAP_SENTENCES_H_
#define HEAPGRIND_CONVERTER_COMMANDS_HEAP_SENTENCES_H_

#include <string>
#include <vector>

#include "converter/cli/terminal.h"
#include "converter/commands/analyzed_heap.h"
#include "converter/json/json_writer.h"
#include "converter/profile/shown_rows.h"
#include "converter/suspects/older_rows.h"
#include "converter/suspects/suspects.h"

namespace heapgrind {

// The rows of `heap`, or of another profile of all its functions, as
// memdump2callgrind shows them within `limits`, or by default.
ShownRows ShowRows(AnalyzedHeap* heap, const PruneLimits& limits = {});
ShownRows ShowRows(const ProfileTree& profile, AnalyzedHeap* heap);

// What the functions of `heap` hold, to compare a later one with.
OlderRows WeighOlderRows(AnalyzedHeap* heap);

// What there is.
std::vector<Suspect> FindHeldSuspects(AnalyzedHeap* heap);

// What has grown since the older heap; `rows` are those of `heap`, with sizes
// of the same kind.
std::vector<Suspect> FindGrownSuspects(const OlderRows& older,
                                       const ShownRows& rows,
                                       AnalyzedHeap* heap);

// What has come since the first heap and stayed; by node of the ownership
// graph.
std::vector<Suspect> FindStayedSuspects(const std::vector<bool>& has_stayed,
                                        AnalyzedHeap* heap);

// A line for each suspect, and one below it with its exact bytes and its types.
std::string SuspectsText(const std::vector<Suspect>& suspects,
                         const OutputStyle& style);

// The member "sentences".
void WriteSentences(const std::vector<Suspect>& suspects, JsonWriter* json);

// Members of one, for whoever has more to say of it.
void WriteSuspect(const Suspect& suspect, JsonWriter* json);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_HEAP_SENTENCES_H_

#include "converter/commands/heap_sentences.h"

#include "absl/strings/str_cat.h"
#include "converter/cli/text_table.h"
#include "converter/profile/joined_profiles.h"
#include "converter/profile/owner_names.h"
#include "converter/suspects/sentences.h"
#include "converter/suspects/stayed_objects.h"

namespace heapgrind {
namespace {

const char* KindText(SuspectKind kind) {
  switch (kind) {
    case SuspectKind::kGrew:
      return "grew";
    case SuspectKind::kStayed:
      return "stayed";
    default:
      return "holds";
  }
}

}  // namespace

ShownRows ShowRows(AnalyzedHeap* heap, const PruneLimits& limits) {
  const OwnedHeap owned = heap->owned_heap();
  return MakeShownRows(owned.graph,
                       BuildPrunedProfile(owned, heap->functions(), limits),
                       /*ascii_names=*/false, heap->sources());
}

ShownRows ShowRows(const ProfileTree& profile, AnalyzedHeap* heap) {
  HeapGraph& graph = heap->owned_heap().graph;
  const ProfileTree pruned = PruneJoined(profile, {}, &graph.strings);
  return MakeShownRows(graph, pruned, /*ascii_names=*/false, heap->sources());
}

OlderRows WeighOlderRows(AnalyzedHeap* heap) {
  OlderRows older(WeighFunctions(heap->owned_heap(), heap->functions()));
  heap->ForEachOwnerName([&older](uint32_t function, const std::string& name) {
    older.SetName(function, name);
  });
  return older;
}

std::vector<Suspect> FindHeldSuspects(AnalyzedHeap* heap) {
  const ShownRows rows = ShowRows(heap);
  return FindSuspects(heap->graph(), rows,
                      WeighWhatIsHeld(rows.tree, heap->graph().strings));
}

std::vector<Suspect> FindGrownSuspects(const OlderRows& older,
                                       const ShownRows& rows,
                                       AnalyzedHeap* heap) {
  const std::vector<std::string> names =
      OwnerNames(rows.tree, rows.paths, heap->graph().strings);
  return FindSuspects(
      heap->graph(), rows,
      older.WeighGrowth(rows.tree, names, heap->graph().strings));
}

std::vector<Suspect> FindStayedSuspects(const std::vector<bool>& has_stayed,
                                        AnalyzedHeap* heap) {
  const ShownRows rows =
      ShowRows(ProfileOfStayed(has_stayed, heap->graph(), heap->owners().tree,
                               heap->functions(), heap->profile()),
               heap);
  uint64_t heap_bytes = 0;
  for (NodeId node = 0; node < heap->graph().num_nodes(); ++node) {
    heap_bytes += heap->graph().size[node];
  }
  return FindSuspects(heap->graph(), rows,
                      WeighWhatStayed(rows.tree, heap_bytes));
}

std::string SuspectsText(const std::vector<Suspect>& suspects,
                         const OutputStyle& style) {
  std::string text;
  for (const Suspect& suspect : suspects) {
    const std::string parts = absl::StrCat(
        "  ", suspect.bytes, " bytes; most of it: ", PartsText(suspect));
    absl::StrAppend(&text, FitLine(SentenceOf(suspect), style), "\n",
                    FitLine(parts, style), "\n");
  }
  return text;
}

void WriteSentences(const std::vector<Suspect>& suspects, JsonWriter* json) {
  json->OpenArray("sentences");
  for (const Suspect& suspect : suspects) {
    json->Open();
    WriteSuspect(suspect, json);
    json->Close();
  }
  json->CloseArray();
}

void WriteSuspect(const Suspect& suspect, JsonWriter* json) {
  json->Text("text", SentenceOf(suspect));
  json->Text("kind", KindText(suspect.kind));
  json->Text("owner", suspect.owner);
  json->Text("package", suspect.package);
  json->Number("count", suspect.count);
  json->Text("type", suspect.type);
  json->Number("bytes", suspect.bytes);
  json->Number("of_bytes", suspect.heap_bytes);
  json->OpenArray("parts");
  for (const SuspectPart& part : suspect.parts) {
    json->Open();
    json->Text("type", part.type);
    json->Number("bytes", part.bytes);
    json->Close();
  }
  json->CloseArray();
}

}  // namespace heapgrind

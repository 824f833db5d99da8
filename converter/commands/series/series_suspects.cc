#include "converter/commands/series/series_suspects.h"

#include <utility>

#include "converter/commands/heap_sentences.h"

namespace heapgrind {

void SeriesSuspects::Add(IdentifiedHeap* heap) {
  const DumpHeader& header = heap->heap->header();
  is_ordered_ &= header.time >= time_;
  time_ = header.time;
  if (!older_.has_value()) {
    pid_ = header.pid;
    older_ = WeighOlderRows(heap->heap.get());
  }
  is_one_process_ &= header.pid == pid_;
  stayed_.Add(std::move(heap->identities));
}

std::optional<std::vector<bool>> SeriesSuspects::FindStayed(
    AnalyzedHeap* last) const {
  if (stayed_.num_heaps() < 3 || !is_ordered_ || !is_one_process_) {
    return std::nullopt;
  }
  return NodesOf(stayed_.objects(), last);
}

std::vector<Suspect> SeriesSuspects::Find(AnalyzedHeap* last) const {
  if (!is_ordered_) return {};
  std::vector<Suspect> suspects;
  const std::optional<std::vector<bool>> has_stayed = FindStayed(last);
  if (has_stayed.has_value()) suspects = FindStayedSuspects(*has_stayed, last);
  for (Suspect& suspect : FindGrownSuspects(*older_, ShowRows(last), last)) {
    suspects.push_back(std::move(suspect));
  }
  return suspects;
}

}  // namespace heapgrind

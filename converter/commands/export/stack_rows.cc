#include "converter/commands/export/stack_rows.h"

#include "converter/base/clean_name.h"
#include "converter/commands/heap_sentences.h"

namespace heapgrind {
namespace {

void SetPlace(const SourcePlace& place, const StringTable& strings,
              const SourceFiles& sources, StackRow* row) {
  const std::string path = sources.Locate(strings.Text(place.file));
  if (path.empty() || path[0] != '/') return;
  row->file = CleanName(path);
  row->line = place.line;
}

}  // namespace

std::vector<StackRow> MakeStackRows(const PruneLimits& limits,
                                    AnalyzedHeap* heap) {
  const ShownRows shown = ShowRows(heap, limits);
  const StringTable& strings = heap->graph().strings;
  std::vector<StackRow> rows(shown.size());
  for (uint32_t i = 0; i < rows.size(); ++i) {
    const ProfileNode& node = shown.tree.nodes[i];
    rows[i].owner = node.parent;
    rows[i].name = shown.names[i];
    rows[i].package = shown.packages.Of(i);
    if (i > 0) rows[i].type = CleanName(strings.Text(node.label.type));
    SetPlace(shown.places[i], strings, *heap->sources(), &rows[i]);
    rows[i].self = node.self;
  }
  return rows;
}

std::vector<uint32_t> StackOf(const std::vector<StackRow>& rows, uint32_t row) {
  std::vector<uint32_t> stack;
  for (; row != 0; row = rows[row].owner) stack.push_back(row);
  stack.push_back(0);
  return stack;
}

}  // namespace heapgrind

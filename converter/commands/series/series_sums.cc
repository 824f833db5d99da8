#include "converter/commands/series/series_sums.h"

#include <algorithm>
#include <utility>

#include "converter/base/clean_name.h"
#include "converter/commands/series/owner_groups.h"

namespace heapgrind {
namespace {

void Add(uint64_t bytes, SeriesSum* sum) {
  sum->bytes += bytes;
  ++sum->objects;
}

NamedSums SumsByType(const std::vector<bool>& is_counted, AnalyzedHeap* heap) {
  const HeapGraph& graph = heap->graph();
  const TypeNames& type_names = heap->type_names();
  std::vector<SeriesSum> sum_of_type(graph.strings.size());  // By StringId.
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    if (!is_counted[node]) continue;
    Add(graph.size[node], &sum_of_type[type_names.Of(node)]);
  }
  NamedSums result;
  for (StringId type = 0; type < sum_of_type.size(); ++type) {
    if (sum_of_type[type].objects == 0) continue;
    result.names.push_back(CleanName(graph.strings.Text(type)));
    result.sums.push_back(sum_of_type[type]);
  }
  return result;
}

// `names`: by function of the profile.
NamedSums SumsByFunction(const std::vector<bool>& is_counted,
                         std::vector<std::string> names, AnalyzedHeap* heap) {
  const HeapGraph& graph = heap->graph();
  const FunctionTable& functions = heap->functions();
  const TypeNames& type_names = heap->type_names();
  NamedSums result = {std::move(names), {}};
  result.sums.resize(result.names.size());
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    if (!is_counted[node]) continue;
    const uint32_t function = functions.of_node[node];
    SeriesSum& sum = result.sums[function];
    Add(graph.size[node], &sum);
    const StringId type = functions.sizes.type[function];
    sum.instances += type_names.Of(node) == type;
  }
  return result;
}

std::vector<std::string> PackagesOfFunctions(AnalyzedHeap* heap) {
  std::vector<std::string> names;
  for (const uint32_t package : heap->packages().of_function) {
    names.push_back(heap->packages().names[package]);
  }
  return names;
}

// Rows of definitions and frames have a word for a type.
void CountOthers(const ProfileTree& tree, NamedSums* sums) {
  for (size_t row = 0; row < sums->sums.size(); ++row) {
    SeriesSum& sum = sums->sums[row];
    if (sum.instances > 0) continue;
    sum.instances = std::min(sum.objects, tree.nodes[row].num_topmost);
  }
}

}  // namespace

NamedSums SumsOf(SeriesRows rows, const std::vector<bool>& is_counted,
                 AnalyzedHeap* heap) {
  switch (rows) {
    case SeriesRows::kPaths: {
      NamedSums sums = SumsByFunction(is_counted, heap->owner_names(), heap);
      CountOthers(heap->profile(), &sums);
      return sums;
    }
    case SeriesRows::kPackages:
      return SumsByFunction(is_counted, PackagesOfFunctions(heap), heap);
    case SeriesRows::kOwners:
      return SumsByFunction(is_counted, OwnersOfFunctions(heap), heap);
    default:
      return SumsByType(is_counted, heap);
  }
}

}  // namespace heapgrind

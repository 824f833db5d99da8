#include "converter/load/block_roots.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <tuple>
#include <utility>

namespace heapgrind {
namespace {

RootKind RootKindOf(std::string_view name) {
  if (name == "modules") return RootKind::kModules;
  if (name == "thread") return RootKind::kThread;
  if (name == "interpreter") return RootKind::kInterpreter;
  if (name == "static") return RootKind::kStatic;
  return RootKind::kOther;
}

std::vector<BlockRoot> JoinRoots(std::vector<RecordBlock>* blocks) {
  std::vector<BlockRoot> roots;
  for (RecordBlock& block : *blocks) {
    std::move(block.roots.begin(), block.roots.end(),
              std::back_inserter(roots));
    block.roots.clear();
  }
  std::stable_sort(roots.begin(), roots.end(),
                   [](const BlockRoot& a, const BlockRoot& b) {
                     return std::tie(a.kind, a.name, a.references) <
                            std::tie(b.kind, b.name, b.references);
                   });
  return roots;
}

}  // namespace

uint64_t TakeRoots(const NodeNumbers& numbers, std::vector<RecordBlock>* blocks,
                   HeapGraph* graph) {
  uint64_t num_absent = 0;
  for (const BlockRoot& raw : JoinRoots(blocks)) {
    Root root;
    root.kind = RootKindOf(raw.kind);
    root.kind_name = graph->strings.Intern(raw.kind);
    root.name = graph->strings.Intern(raw.name);
    for (size_t i = 0; i < raw.names.size(); ++i) {
      root.names.push_back(raw.has_name[i] ? graph->strings.Intern(raw.names[i])
                                           : kNoString);
    }
    for (const uint64_t address : raw.references) {
      root.references.push_back(numbers.Find(address));
      if (root.references.back() == kNoNode) ++num_absent;
    }
    graph->roots.push_back(std::move(root));
  }
  return num_absent;
}

}  // namespace heapgrind

#include "converter/load/heap_graph_builder.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "converter/load/graph_linker.h"
#include "converter/load/record_block.h"

namespace heapgrind {
HeapGraphBuilder::HeapGraphBuilder(const GraphOptions& options)
    : options_(options) {
  for (size_t i = 0; i < std::max<size_t>(options_.num_threads, 1); ++i) {
    packers_.push_back(std::make_unique<RecordPacker>(options_.keeps_overhead));
    sinks_.push_back(packers_.back().get());
  }
}

void HeapGraphBuilder::Add(const DumpRecord& record) {
  sinks_[0]->Take(record).IgnoreError();
}

absl::StatusOr<HeapGraph> HeapGraphBuilder::Build() {
  std::vector<PackedRecords> packed;
  uint64_t num_records = 0;
  for (const auto& packer : packers_) {
    packed.push_back(packer->TakeRecords());
    for (const RecordBlock& block : packed.back().blocks) {
      num_records += block.address.size();
    }
  }
  if (num_records > options_.max_objects) {
    return absl::ResourceExhaustedError(
        absl::StrCat("expected at most ", options_.max_objects,
                     " objects, got ", num_records));
  }
  return LinkGraph(std::move(packed), options_.num_threads, &losses_);
}

}  // namespace heapgrind

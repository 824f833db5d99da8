#include "converter/load/graph_linker.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "converter/base/parallel.h"
#include "converter/graph/row_starts.h"
#include "converter/load/block_roots.h"
#include "converter/load/block_sites.h"
#include "converter/load/completed_graph.h"
#include "converter/load/name_linking.h"
#include "converter/load/node_numbers.h"
#include "converter/load/record_block.h"
#include "converter/load/repeated_records.h"
#include "converter/load/shape_key.h"

namespace heapgrind {
namespace {

// How many look-ups ahead memory is fetched.
constexpr size_t kLookAhead = 12;

template <typename... Arrays>
void Free(Arrays*... arrays) {
  ((*arrays = Arrays()), ...);
}

// Everything between the packed records and the graph.
class GraphLinker {
 public:
  GraphLinker(std::vector<PackedRecords> packed, size_t num_threads,
              GraphLosses* losses)
      : num_threads_(num_threads), losses_(*losses) {
    const ShapesOfThreads shapes = NumberShapes(packed);
    for (size_t thread = 0; thread < packed.size(); ++thread) {
      for (RecordBlock& block : packed[thread].blocks) {
        for (uint32_t& shape : block.shape) shape = shapes[thread][shape];
        blocks_.push_back(std::move(block));
      }
      losses_.references_left_out += packed[thread].references_left_out;
      has_reference_names_ |= packed[thread].has_reference_names;
    }
    std::sort(blocks_.begin(), blocks_.end(), [](const auto& a, const auto& b) {
      return a.section < b.section;
    });
  }

  HeapGraph Link() {
    {
      NodeNumbers numbers(blocks_, num_threads_);
      const RepeatCounts repeats = CountRepeats(blocks_, numbers.repeated());
      losses_.repeated_objects += repeats.same;
      losses_.contradicting_objects += repeats.contradicting;
      TakeObjects(numbers);
      losses_.absent_sites += TakeSites(&blocks_, &graph_);
      TakeReferences(numbers);
      losses_.absent_references += TakeRoots(numbers, &blocks_, &graph_);
      graph_.address = numbers.TakeAddresses();
    }
    LinkNames(blocks_, &graph_);
    CompleteGraph(has_reference_names_, &graph_);
    return std::move(graph_);
  }

 private:
  // By thread and its number of the shape.
  using ShapesOfThreads = std::vector<std::vector<uint32_t>>;

  // Shapes are numbered in the order of their keys, whoever met them first.
  ShapesOfThreads NumberShapes(const std::vector<PackedRecords>& packed) {
    std::map<std::string_view, uint32_t> shape_of_key;
    for (const PackedRecords& records : packed) {
      for (const std::string& key : records.shape_keys) shape_of_key[key];
    }
    for (auto& [key, shape] : shape_of_key) {
      shape = static_cast<uint32_t>(graph_.shapes.size());
      graph_.shapes.push_back(ShapeOfKey(key, &graph_.strings));
    }
    ShapesOfThreads shapes;
    for (const PackedRecords& records : packed) {
      shapes.emplace_back();
      for (const std::string& key : records.shape_keys) {
        shapes.back().push_back(shape_of_key[key]);
      }
    }
    return shapes;
  }

  // Replaces addresses by nodes, and hands over what nodes have one of.
  void TakeObjects(const NodeNumbers& numbers) {
    const size_t num_nodes = numbers.size();
    graph_.size = ByteSizes(num_nodes);
    graph_.shape_of_node.resize(num_nodes);
    num_references_.resize(num_nodes + 1);
    std::vector<std::vector<uint32_t>> repeated(blocks_.size());
    for (const RecordPlace& place : numbers.repeated()) {
      repeated[place.block].push_back(place.record);
    }
    const bool keeps_overhead = std::any_of(
        blocks_.begin(), blocks_.end(),
        [](const RecordBlock& block) { return !block.gc_bytes.empty(); });
    if (keeps_overhead) {
      graph_.gc_bytes.resize(num_nodes);
      graph_.slack.resize(num_nodes);
    }
    RunInParallel(num_threads_, blocks_.size(), [&](size_t block) {
      TakeObjectsOf(numbers, repeated[block], &blocks_[block]);
    });
    for (const RecordBlock& block : blocks_) {
      for (const RecordBlock::Number& refcount : block.refcounts) {
        const NodeId node = block.address[refcount.record];
        if (node != kNoNode) graph_.refcounts[node] = refcount.value;
      }
      for (const RecordBlock::Number& inside : block.num_inside) {
        const NodeId node = block.address[inside.record];
        if (node != kNoNode) graph_.num_inside[node] = inside.value;
      }
      for (const RecordBlock::Number& large : block.large_sizes) {
        const NodeId node = block.address[large.record];
        if (node != kNoNode) graph_.size.Set(node, large.value);
      }
      for (const RecordBlock::Number& asked : block.virtual_sizes) {
        const NodeId node = block.address[asked.record];
        if (node != kNoNode) graph_.virtual_sizes[node] = asked.value;
      }
    }
    graph_.first_reference = RowStarts::OfSizes(std::move(num_references_));
  }

  void TakeObjectsOf(const NodeNumbers& numbers,
                     const std::vector<uint32_t>& repeated,
                     RecordBlock* block) {
    std::vector<uint32_t>& addresses = block->address;
    const NodeFinder finder(numbers, *block->packer);
    const uint64_t* next_far = block->far_addresses.data();
    auto next_repeated = repeated.begin();
    for (uint32_t i = 0; i < addresses.size(); ++i) {
      if (i + kLookAhead < addresses.size()) {
        finder.Prefetch(addresses[i + kLookAhead]);
      }
      const NodeId node = addresses[i] == AddressPacker::kFar
                              ? numbers.Find(*next_far++)
                              : finder.Find(addresses[i]);
      if (next_repeated != repeated.end() && *next_repeated == i) {
        ++next_repeated;
        addresses[i] = kNoNode;
        continue;
      }
      graph_.size.SetSmall(node, block->size[i]);
      graph_.shape_of_node[node] = block->shape[i];
      num_references_[node + 1] = block->num_references[i];
      if (!block->gc_bytes.empty()) {
        graph_.gc_bytes[node] = block->gc_bytes[i];
        graph_.slack[node] = block->slack[i];
      }
      addresses[i] = node;
    }
    Free(&block->size, &block->shape, &block->gc_bytes, &block->slack,
         &block->far_addresses);
  }

  void TakeReferences(const NodeNumbers& numbers) {
    graph_.references.resize(graph_.first_reference.end());
    std::atomic<uint64_t> num_absent{0};
    RunInParallel(num_threads_, blocks_.size(), [&](size_t block) {
      num_absent += TakeReferencesOf(numbers, &blocks_[block]);
    });
    losses_.absent_references += num_absent;
  }

  // Returns how many are absent; they keep their place, so that names stay
  // aligned.
  uint64_t TakeReferencesOf(const NodeNumbers& numbers, RecordBlock* block) {
    uint64_t num_absent = 0;
    const std::vector<uint32_t>& references = block->references;
    const NodeFinder finder(numbers, *block->packer);
    const uint64_t* next_far = block->far_references.data();
    size_t next = 0;
    for (size_t i = 0; i < block->address.size(); ++i) {
      const size_t end = next + block->num_references[i];
      const NodeId node = block->address[i];
      NodeId* target = node == kNoNode ? nullptr
                                       : graph_.references.data() +
                                             graph_.first_reference[node];
      for (; next < end; ++next) {
        if (next + kLookAhead < references.size()) {
          finder.Prefetch(references[next + kLookAhead]);
        }
        const NodeId found = references[next] == AddressPacker::kFar
                                 ? numbers.Find(*next_far++)
                                 : finder.Find(references[next]);
        if (target == nullptr) continue;
        if (found == kNoNode) ++num_absent;
        *target++ = found;
      }
    }
    Free(&block->references, &block->far_references, &block->num_references);
    return num_absent;
  }

  const size_t num_threads_;
  GraphLosses& losses_;
  bool has_reference_names_ = false;
  std::vector<RecordBlock> blocks_;
  std::vector<uint32_t> num_references_;  // By node + 1.
  HeapGraph graph_;
};

}  // namespace

HeapGraph LinkGraph(std::vector<PackedRecords> packed, size_t num_threads,
                    GraphLosses* losses) {
  return GraphLinker(std::move(packed), num_threads, losses).Link();
}

}  // namespace heapgrind

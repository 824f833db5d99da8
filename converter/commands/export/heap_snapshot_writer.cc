#include "converter/commands/export/heap_snapshot_writer.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "converter/commands/export/snapshot_edges.h"
#include "converter/commands/export/snapshot_nodes.h"
#include "converter/commands/export/snapshot_strings.h"

namespace heapgrind {
namespace {

// As V8 12 writes it (src/profiler/heap-snapshot-generator.cc).
constexpr absl::string_view kMeta =
    R"({"node_fields":["type","name","id","self_size","edge_count",)"
    R"("trace_node_id","detachedness"],"node_types":[["hidden","array",)"
    R"("string","object","code","closure","regexp","number","native",)"
    R"("synthetic","concatenated string","sliced string","symbol","bigint",)"
    R"("object shape"],"string","number","number","number","number","number"],)"
    R"("edge_fields":["type","name_or_index","to_node"],"edge_types":[[)"
    R"("context","element","property","internal","hidden","shortcut","weak"],)"
    R"("string_or_number","node"],"trace_function_info_fields":[],)"
    R"("trace_node_fields":[],"sample_fields":[],"location_fields":[]})";
constexpr uint64_t kNumNodeFields = 7;

class Writer {
 public:
  Writer(const ValueTexts* texts, AnalyzedHeap* heap,
         absl::FunctionRef<void(absl::string_view)> write)
      : strings_(heap->graph().strings),
        nodes_(texts, heap, &strings_),
        edges_(heap, &strings_),
        write_(write) {}

  void Write() {
    CountEdgesAndParts();
    write_(absl::StrCat("{\"snapshot\":{\"meta\":", kMeta,
                        ",\"node_count\":", nodes_.num_whole() + parts_.size(),
                        ",\"edge_count\":", num_edges_ + parts_.size(),
                        ",\"trace_function_count\":0},\n\"nodes\":["));
    WriteNodes();
    write_("],\n\"edges\":[");
    WriteEdges();
    write_(
        "],\n\"trace_function_infos\":[],\n\"trace_tree\":[],\n"
        "\"samples\":[],\n\"locations\":[],\n\"strings\":[");
    strings_.Write(write_);
    write_("]}\n");
  }

 private:
  struct Part {
    NodeId object;
    uint64_t number;  // Of the part, from 0.
  };

  void CountEdgesAndParts() {
    nodes_.ForEach([this](NodeId node) {
      num_edges_ += edges_.Of(node).size();
      for (uint64_t i = 0; i < nodes_.NumPartsOf(node); ++i) {
        parts_.push_back({node, i});
      }
    });
  }

  void WriteNodes() {
    uint64_t place = 0;
    nodes_.ForEach([&](NodeId node) {
      WriteNode(nodes_.Of(node), place++,
                edges_.Of(node).size() + nodes_.NumPartsOf(node));
    });
    for (const Part& part : parts_) {
      WriteNode(nodes_.PartOf(part.object, part.number), place++, 0);
    }
  }

  // Ids are odd, as those of objects in V8 are.
  void WriteNode(const SnapshotNode& node, uint64_t place, uint64_t num_edges) {
    write_(absl::StrCat(place == 0 ? "" : ",", static_cast<int>(node.type), ",",
                        node.name, ",", 2 * place + 1, ",", node.size, ",",
                        num_edges, ",0,0\n"));
  }

  void WriteEdges() {
    auto part = parts_.cbegin();
    nodes_.ForEach([&](NodeId node) {
      for (const SnapshotEdge& edge : edges_.Of(node)) {
        WriteEdge(edge.type, edge.name, nodes_.PlaceOf(edge.target));
      }
      for (; part != parts_.cend() && part->object == node; ++part) {
        WriteEdge(SnapshotEdgeType::kInternal,
                  strings_.OfText(absl::StrCat("part ", part->number + 2)),
                  nodes_.num_whole() + (part - parts_.cbegin()));
      }
    });
  }

  void WriteEdge(SnapshotEdgeType type, uint32_t name, uint64_t place) {
    write_(absl::StrCat(std::exchange(is_first_edge_, false) ? "" : ",",
                        static_cast<int>(type), ",", name, ",",
                        kNumNodeFields * place, "\n"));
  }

  SnapshotStrings strings_;
  const SnapshotNodes nodes_;
  SnapshotEdges edges_;
  absl::FunctionRef<void(absl::string_view)> write_;
  std::vector<Part> parts_;  // In the order of the snapshot.
  uint64_t num_edges_ = 0;   // Without those to parts.
  bool is_first_edge_ = true;
};

}  // namespace

void WriteHeapSnapshot(const ValueTexts* texts, AnalyzedHeap* heap,
                       absl::FunctionRef<void(absl::string_view)> write) {
  Writer(texts, heap, write).Write();
}

}  // namespace heapgrind

// Builds a heap graph from the records of a dump, in any order.
//
// A reference may come before the object it points to, so addresses stay
// addresses until Build() knows them all.

#ifndef HEAPGRIND_CONVERTER_HEAP_GRAPH_BUILDER_H_
#define HEAPGRIND_CONVERTER_HEAP_GRAPH_BUILDER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "converter/dump_record.h"
#include "converter/heap_graph.h"

namespace heapgrind {

// What a dump holds that the graph cannot: counted, to be reported once.
struct GraphLosses {
  uint64_t repeated_objects = 0;       // Dumped again with the same content.
  uint64_t contradicting_objects = 0;  // Dumped again with other content.
  uint64_t absent_references = 0;      // To objects that the dump lacks.
  uint64_t references_left_out = 0;    // By the scanner, as its user asked.
};

class HeapGraphBuilder {
 public:
  // With `keeps_overhead` the graph gets the objects' gc_bytes and slack.
  explicit HeapGraphBuilder(bool keeps_overhead = false)
      : keeps_overhead_(keeps_overhead) {}

  // Takes an object or a root; copies what it keeps.  Other records are
  // ignored.  Of two records of one address the first counts.
  void Add(const DumpRecord& record);

  // The graph of all records added.  Leaves the builder empty.
  // ResourceExhausted: more than 2^32 - 2 objects.
  absl::StatusOr<HeapGraph> Build();

  // Complete after Build().
  const GraphLosses& losses() const { return losses_; }

 private:
  struct RawRoot {
    Root root;
    std::vector<uint64_t> addresses;
  };

  void AddRoot(const DumpRecord& record);
  void AddObject(const DumpRecord& record);
  void AddDefinition(const DumpRecord& record);
  uint32_t ShapeOf(const DumpRecord& record, NodeKind kind);
  bool SameObject(uint32_t a, uint32_t b) const;
  std::vector<uint32_t> DistinctObjectsByAddress();
  void ResolveReferences(const std::vector<uint32_t>& arrivals);
  void SortRoots();
  void MoveSideTables(const std::vector<uint32_t>& node_of_arrival);
  std::vector<StringId> InternAll(const std::vector<std::string_view>& names);

  bool keeps_overhead_;
  HeapGraph graph_;  // Its strings and shapes; the rest comes with Build().
  GraphLosses losses_;
  absl::flat_hash_map<std::string, uint32_t> shape_of_key_;
  std::string shape_key_;  // Scratch.

  // By arrival: the order of the dump's lines.
  std::vector<uint64_t> address_;
  std::vector<uint64_t> size_;
  std::vector<uint32_t> gc_bytes_;  // Empty unless kept.
  std::vector<uint32_t> slack_;     // Empty unless kept.
  std::vector<uint32_t> shape_;
  std::vector<StringId> text_;
  std::vector<uint64_t> first_reference_ = {0};
  std::vector<uint64_t> reference_addresses_;
  std::vector<RawRoot> roots_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_HEAP_GRAPH_BUILDER_H_

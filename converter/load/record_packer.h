// Packs the records that one thread reads into blocks.

#ifndef HEAPGRIND_CONVERTER_LOAD_RECORD_PACKER_H_
#define HEAPGRIND_CONVERTER_LOAD_RECORD_PACKER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "converter/dump/record_sink.h"
#include "converter/heap/heap_graph.h"
#include "converter/load/record_block.h"

namespace heapgrind {

// What one thread has packed.
struct PackedRecords {
  std::vector<RecordBlock> blocks;      // In the order of their sections.
  std::vector<std::string> shape_keys;  // By number of the shape (shape_key.h).
  bool has_reference_names = false;
  uint64_t references_left_out = 0;
};

class RecordPacker : public RecordSink {
 public:
  // With `keeps_overhead` the blocks have the objects' gc_bytes and slack.
  explicit RecordPacker(bool keeps_overhead)
      : keeps_overhead_(keeps_overhead),
        packer_(std::make_shared<AddressPacker>()) {}

  void StartSection(uint64_t number) override;

  // Never fails.
  absl::Status Take(const DumpRecord& record) override;

  // Everything so far; nothing stays.
  PackedRecords TakeRecords();

 private:
  void FinishBlock();
  void PackRoot(const DumpRecord& record);
  void PackSite(const DumpRecord& record);
  void PackObject(const DumpRecord& record);
  void PackSize(const DumpRecord& record, uint32_t place);
  void PackText(const DumpRecord& record, bool is_definition);
  void PackDefinition(const DumpRecord& record);
  BlockText Keep(std::string_view text);
  uint32_t ShapeOf(const DumpRecord& record, NodeKind kind);
  uint32_t FindShape(const DumpRecord& record, NodeKind kind);

  const bool keeps_overhead_;
  std::shared_ptr<AddressPacker> packer_;
  RecordBlock block_;  // The one being filled; its arrays are used again.
  PackedRecords packed_;
  absl::flat_hash_map<std::string, uint32_t> shape_of_key_;
  // Numbers of shapes that were met last, by a cheap hash: most records have
  // one of some dozen shapes.
  static constexpr size_t kNumRecentShapes = 256;
  std::array<uint32_t, kNumRecentShapes> recent_shapes_ = {};
  std::string shape_key_;  // Scratch.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_RECORD_PACKER_H_

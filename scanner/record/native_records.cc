#include "record/guarded.h"
#include "record/record_writer.h"

// Blocks that native code holds.

namespace heapgrind {
namespace {

constexpr std::string_view kNative = "(native)";

}  // namespace

size_t RecordWriter::AddOpaqueWords(PyObject* object, const TypeFacts& facts) {
  native_references_.ForgetNames();
  const bool is_known = natives_ != nullptr && natives_->is_known();
  if (facts.opaque_bytes == 0 || !is_known) return 0;
  native_references_.AddOfObject(object, facts.opaque_bytes);
  return native_references_.num_inside();
}

// The bytes of a block that an object has claimed since count there; it may
// begin with the block.
void RecordWriter::WriteBlock(const NativeBlock& block) {
  if (frontier_->Contains(block.start)) return;
  const bool is_claimed =
      natives_->IsClaimed(block.start) || words_.IsAnObjects(block);
  const hg_outcome outcome = RunGuarded([=] {
    const ObjectSize size = is_claimed ? ObjectSize() : SizeOfBlock(block);
    BeginRecord(reinterpret_cast<void*>(block.start), kNative, size);
    WriteKey("refs");
    references_.Begin(output_);
    if (!is_claimed) native_references_.AddOfBlock(block);
    WriteNumber("refs_left_out", references_.End());
    WriteNumber("inside", is_claimed ? 0 : native_references_.num_inside());
    EndRecord();
  });
  if (outcome == HG_DONE) return;
  TakeBack(outcome);
  WriteSubstitute(reinterpret_cast<void*>(block.start), kNative);
}

// Without what arrays show of it.
ObjectSize RecordWriter::SizeOfBlock(const NativeBlock& block) {
  ObjectSize size = {};
  size.size = block.bytes - foreign_memory_.Count(block.start, block.bytes);
  size.slack = block.slack;
  const uint64_t bytes = size.size + size.slack;
  if (block.is_in_pool()) {
    size.from_pymalloc = bytes;
    return size;
  }
  size.from_malloc = size.from_native = bytes;
  size.AddPresence(reinterpret_cast<void*>(block.start), block.bytes, true,
                   pages_);
  return size;
}

}  // namespace heapgrind

#include "record/guarded.h"
#include "record/native_groups.h"
#include "record/record_writer.h"

// Groups of blocks that native code holds.

namespace heapgrind {
namespace {

constexpr std::string_view kNative = "(native)";

// Which targets a record has shown last: most of a group are shown often.
class RecentTargets {
 public:
  // Adds one.  False if it is there; one that is there may have been forgotten.
  bool Add(uintptr_t target) {
    uintptr_t* place = &targets_[target / kBlockAlignment % kPlaces];
    const bool is_new = *place != target;
    *place = target;
    return is_new;
  }

 private:
  static constexpr size_t kPlaces = 256;
  uintptr_t targets_[kPlaces] = {};
};

}  // namespace

void RecordWriter::WriteGroup(NativeGroups::Group group, NativeGroups* groups) {
  const uintptr_t address = groups->AddressOf(group);
  if (frontier_->Contains(address)) return;
  const hg_outcome outcome = RunGuarded([=] {
    uint64_t num_blocks = 0;
    const ObjectSize size = SizeOfGroup(group, groups, &num_blocks);
    BeginRecord(reinterpret_cast<void*>(address), kNative, size);
    WriteKey("refs");
    references_.Begin(output_);
    const size_t num_inside = AddWordsOfGroup(group, groups);
    WriteNumber("refs_left_out", references_.End());
    WriteNumber("inside", num_inside);
    WriteNumber("blocks", num_blocks > 1 ? num_blocks : 0);
    EndRecord();
  });
  if (outcome != HG_DONE) {
    TakeBack(outcome);
    WriteSubstitute(reinterpret_cast<void*>(address), kNative);
  }
  groups->VisitTops(group, [=](const NativeBlock& block) {
    if (block.start != address && groups->HasAddress(block)) {
      WriteAddress(block.start, address);
    }
  });
}

// Without what objects have claimed since it was found.
ObjectSize RecordWriter::SizeOfGroup(NativeGroups::Group group,
                                     NativeGroups* groups,
                                     uint64_t* num_blocks) {
  ObjectSize size = {};
  const auto count = [&](const NativeBlock& block) {
    ++*num_blocks;
    if (natives_->IsClaimed(block.start) || words_.IsAnObjects(block)) return;
    const ObjectSize own = SizeOfBlock(block);
    if (*num_blocks == 1) {
      size = own;
    } else {
      size.AddSmall(own);
    }
  };
  groups->VisitBlocks(group, count);
  return size;
}

// Adds what the blocks of a group point at outside of it, and its own blocks
// that have addresses.  Returns how many references are to the inside of
// blocks, the last ones.
size_t RecordWriter::AddWordsOfGroup(NativeGroups::Group group,
                                     NativeGroups* groups) {
  RecentTargets recent;
  inside_targets_.Clear();
  const uintptr_t address = groups->AddressOf(group);
  const auto take = [&](const NativeTarget& target) {
    if (target.kind == NativeTarget::kObject) {
      if (!recent.Add(target.object)) return;
      return references_.Add(reinterpret_cast<PyObject*>(target.object));
    }
    const NativeGroups::Group other = groups->GroupOf(target.block);
    if (other == group) return;
    const bool has_address = groups->HasAddress(target.block);
    if (!has_address && other == NativeGroups::kNoGroup) return;
    const uintptr_t place =
        has_address ? target.block.start : groups->AddressOf(other);
    if (!recent.Add(place + (target.kind == NativeTarget::kInside))) return;
    if (target.kind == NativeTarget::kBlock) {
      references_.AddAddress(place);
    } else {
      inside_targets_.Append(place);
    }
  };
  groups->VisitTops(group, [&](const NativeBlock& top) {
    if (top.start != address && groups->HasAddress(top)) {
      references_.AddAddress(top.start);
    }
  });
  groups->VisitAll(
      group, [](const NativeBlock&) {}, take);
  size_t num_inside = 0;
  for (size_t i = 0; i < inside_targets_.size(); ++i) {
    if (references_.AddAddress(inside_targets_[i])) ++num_inside;
  }
  return num_inside;
}

// Writes a record of size 0 that leads to another.
void RecordWriter::WriteAddress(uintptr_t address, uintptr_t target) {
  BeginRecord(reinterpret_cast<void*>(address), kNative, {});
  WriteKey("refs");
  references_.Begin(output_);
  references_.AddAddress(target);
  WriteNumber("refs_left_out", references_.End());
  EndRecord();
}

}  // namespace heapgrind

// What a pass over the heap does about native memory, after all objects.

#ifndef HEAPGRIND_SCANNER_SCAN_NATIVE_PASS_H_
#define HEAPGRIND_SCANNER_SCAN_NATIVE_PASS_H_

#include <errno.h>

#include <cstdint>

#include "memory/frontier.h"
#include "memory/mapped_object.h"
#include "native/native_blocks.h"
#include "native/static_data.h"
#include "output/output.h"
#include "record/end_record.h"
#include "record/native_groups.h"
#include "record/record_writer.h"
#include "record/static_roots.h"
#include "scan/scan.h"
#include "surroundings.h"

namespace heapgrind {

// What only a scan needs that follows native memory.  To make it asks the
// dynamic linker what is loaded.
struct NativeMemory {
  NativeBlocks blocks;
  StaticData variables;
};

class NativePass {
 public:
  // Null if native memory is not to be followed, or cannot be.  To be called
  // once, before all else.
  NativeBlocks* Make(Native native, bool low_memory) {
    if (native == Native::kNo) return nullptr;
#ifdef Py_GIL_DISABLED
    losses_.unknown = "a free-threaded build has objects in mimalloc's heaps";
    return nullptr;
#endif
    has_groups_ = native == Native::kGroups;
    losses_.unknown = "there was little memory for the dump";
    if (low_memory || memory_.Make() == nullptr) return nullptr;
    return &memory_.get()->blocks;
  }

  // Finds malloc's blocks, if they are to be followed.
  void Learn(const hg_process& process) {
    if (memory_.get() == nullptr) return;
    losses_.unknown = memory_.get()->blocks.Learn(process);
    is_known_ = losses_.unknown == nullptr;
  }

  // Whether there is something to write.
  bool is_known() const { return is_known_; }

  const NativeLosses& losses() const { return losses_; }

  // 0, or the errno of what it lacks.
  int error() const {
    const bool has_failed =
        (is_known_ && memory_.get()->blocks.error() != 0) ||
        (groups_.get() != nullptr && groups_.get()->error() != 0);
    return has_failed ? ENOMEM : 0;
  }

  // Writes roots and blocks; objects of which only these know by
  // `write_reached()`.  After all other objects: what a word refers to is told
  // from them.  Returns the number of roots that could not be written.
  template <typename WriteReached>
  int Write(RecordWriter* writer, Frontier* frontier, Output* output,
            WriteReached write_reached) {
    hg_doubt_heap();
    writer->DoubtHeap();
    const uint64_t num_before = writer->num_unending();
    const int num_lost_roots = WriteStaticRoots(
        memory_.get()->variables, &memory_.get()->blocks, frontier, output);
    write_reached();
    if (has_groups_ && MakeGroups(frontier)) {
      WriteGroups(writer, write_reached);
    } else {
      WriteBlocks(writer, write_reached);
    }
    losses_.num_cut_short = writer->num_unending() - num_before;
    if (groups_.get() != nullptr) {
      losses_.num_cut_short += groups_.get()->num_unending();
    }
    return num_lost_roots;
  }

 private:
  template <typename WriteReached>
  void WriteBlocks(RecordWriter* writer, WriteReached write_reached) {
    NativeBlock block;
    while (memory_.get()->blocks.TakeNext(&block)) {
      writer->WriteBlock(block);
      write_reached();
    }
  }

  bool MakeGroups(Frontier* frontier) {
    return groups_.Make(&memory_.get()->blocks, frontier) != nullptr &&
           groups_.get()->Begin();
  }

  template <typename WriteReached>
  void WriteGroups(RecordWriter* writer, WriteReached write_reached) {
    NativeGroups* groups = groups_.get();
    NativeBlock block;
    while (memory_.get()->blocks.TakeNext(&block)) {
      groups->Explore(block);
      write_reached();
    }
    groups->Form();
    if (groups->error() != 0) return;
    for (NativeGroups::Group i = 1; i <= groups->num_groups(); ++i) {
      writer->WriteGroup(i, groups);
    }
  }

  MappedObject<NativeMemory> memory_;
  NativeLosses losses_;
  bool is_known_ = false;
  bool has_groups_ = false;  // Blocks are to be in groups.
  MappedObject<NativeGroups> groups_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_SCAN_NATIVE_PASS_H_

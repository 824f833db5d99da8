// Writes the records of objects and running frames, and tells the frontier
// what they refer to.

#ifndef HEAPGRIND_SCANNER_RECORD_RECORD_WRITER_H_
#define HEAPGRIND_SCANNER_RECORD_RECORD_WRITER_H_

#include <cstddef>
#include <cstdint>

#include "record/allocation_sites.h"
#include "cpython/compat.h"
#include "memory/counted_ranges.h"
#include "memory/frontier.h"
#include "memory/key_set.h"
#include "native/native_blocks.h"
#include "memory/resident_pages.h"
#include "record/object_parts.h"
#include "record/native_groups.h"
#include "record/native_references.h"
#include "record/object_size.h"
#include "record/reference_list.h"
#include "output/json_text.h"
#include "output/output.h"
#include "record/scan_options.h"
#include "memory/static_memory.h"
#include "record/type_table.h"
#include "record/unending_types.h"

namespace heapgrind {

// What the end record says of all records, bytes.
struct RecordSums {
  // What each allocator has handed out for them.
  uint64_t from_pymalloc;
  uint64_t from_malloc;
  uint64_t from_native;         // Of these, what native code holds.
  uint64_t absent_from_malloc;  // Of these, neither resident nor swapped out.
  uint64_t swapped;             // Parts of large blocks.
  // Records of large blocks of which it is not known what is resident.
  uint64_t num_unknown;

  void Add(const ObjectSize& size) {
    from_pymalloc += size.from_pymalloc;
    from_malloc += size.from_malloc;
    from_native += size.from_native;
    absent_from_malloc += size.absent_from_malloc;
    swapped += size.swapped;
    num_unknown += size.is_unknown ? 1 : 0;
  }
};

class RecordWriter {
 public:
  // With `keys`, the strings that are keys of dictionaries are added to that
  // set if `collects_keys`; else values of other strings are not written.
  // Records for which `output` has no room go to `nowhere`.  `pages` may be
  // null: then records do not say what is resident.  `natives` are told of what
  // objects own, and asked for what native code does; null: that is left out.
  RecordWriter(const ScanOptions& options, const OwnModules& own_modules,
               KeySet* keys, bool collects_keys, ResidentPages* pages,
               NativeBlocks* natives, Frontier* frontier, Output* output,
               Output* nowhere)
      : options_(options),
        keys_(keys),
        collects_keys_(collects_keys),
        pages_(pages),
        natives_(natives),
        frontier_(frontier),
        own_modules_(own_modules),
        output_(output),
        nowhere_(nowhere),
        references_(options, frontier),
        words_(natives, frontier),
        native_references_(&words_, natives, &references_),
        parts_(own_modules) {
    if (options.low_memory) types_.UseSmallTable();
  }

  // From now on objects have their sites.  Wants a SitesLock.
  void UseSites() { uses_sites_ = true; }

  // To be called after hg_doubt_heap.
  void DoubtHeap() { references_.DoubtHeap(); }

  // Where the heap is not trusted, an object that is none, or that cannot be
  // read to its end, has a record that says so.
  void WriteObject(PyObject* object, bool with_refcount);

  // Writes frames of the program: `innermost` and those that called it.  They
  // are those of a thread or a suspended greenlet, and were passed over.
  void WriteFrames(hg_frame* innermost);

  // Writes a block that native code holds.
  void WriteBlock(const NativeBlock& block);

  // Writes the blocks of a group as one record, and those of size 0 of its
  // blocks that need an address.
  void WriteGroup(NativeGroups::Group group, NativeGroups* groups);

  // Takes back the record that was begun, if any, after hg_guard has ended what
  // wrote it; and counts it.
  void TakeBack(hg_outcome outcome);

  uint64_t num_objects() const { return counts_.num_objects; }
  uint64_t size() const { return counts_.size; }  // Bytes.
  // The same of what went nowhere.
  uint64_t num_left_out() const { return num_left_out_; }
  uint64_t size_left_out() const { return size_left_out_; }
  // Sums over what was written.
  const RecordSums& sums() const { return counts_.sums; }
  uint64_t num_damaged() const { return num_damaged_; }
  uint64_t num_unreadable() const { return num_unreadable_; }
  // Of these, and of frames: those that did not come to an end.
  uint64_t num_unending() const { return num_unending_; }
  // 0, or the errno of what has failed.
  int error() const {
    if (parts_.out_of_memory() || sites_.out_of_memory()) return ENOMEM;
    return keys_ == nullptr ? 0 : keys_->error();
  }

  // The rest is for the callbacks of tp_traverse.

  void WriteElement(PyObject* target) { references_.Add(target); }
  bool MatchPart(PyObject* target) { return parts_.Match(target); }

 private:
  // What is written, with the record that was begun.
  struct Counts {
    uint64_t num_objects;
    uint64_t size;  // Bytes.
    RecordSums sums;
  };

  void NoteOutcome(PyObject* object, hg_outcome outcome);
  void WriteSoundObject(PyObject* object, bool with_refcount);
  void WriteSubstitute(const void* address, std::string_view type);
  void EndRecord();
  void WriteFrame(hg_frame* frame, void* called);
  hg_frame* PassOverFrames(PyObject* object, const TypeFacts& facts);
  ObjectSize FindSize(PyObject* object, const TypeFacts& facts);
  void CountForeignBytes(hg_range range, ObjectSize* size);
  ObjectSize SizeOfBlock(const NativeBlock& block);
  ObjectSize SizeOfGroup(NativeGroups::Group group, NativeGroups* groups,
                         uint64_t* num_blocks);
  size_t AddWordsOfGroup(NativeGroups::Group group, NativeGroups* groups);
  void WriteAddress(uintptr_t address, uintptr_t target);
  // Returns how many of the references are to the inside of blocks.
  size_t AddOpaqueWords(PyObject* object, const TypeFacts& facts);
  bool FindRoom();
  void BeginRecord(const void* address, std::string_view type,
                   const ObjectSize& size);
  void WriteNumber(std::string_view key, uint64_t number) {
    WriteNumberUnlessZero(key, number, output_);
  }
  void WriteLength(PyObject* object, const TypeFacts& facts);
  void WriteValue(PyObject* object, Category category);
  void WriteTextValue(PyObject* object);
  void WriteBytesValue(PyObject* object);
  void WriteIntValue(PyObject* object);
  void WriteReferences(PyObject* object, const TypeFacts& facts);
  void WritePairs(PyObject* dict, size_t num_written);
  void WritePartReferences();
  void WriteElements(PyObject* object, const TypeFacts& facts);
  void WriteNames(size_t num_pairs);
  void BeginName(size_t* num_names);
  void WriteKey(std::string_view key) { heapgrind::WriteKey(key, output_); }

  bool HasValue(PyObject* object) const;
  size_t ValueLength() const;

  const ScanOptions options_;
  KeySet* const keys_;
  const bool collects_keys_;
  ResidentPages* const pages_;
  NativeBlocks* const natives_;
  Frontier* const frontier_;
  const OwnModules& own_modules_;
  Output* output_;
  Output* const nowhere_;
  TypeTable types_;
  StaticMemory static_memory_;
  CountedRanges foreign_memory_;
  ReferenceList references_;  // Of the record that is being written.
  NativeWords words_;
  NativeReferences native_references_;  // Into it.
  MappedArray<uintptr_t> inside_targets_;
  ObjectParts parts_;
  AllocationSites sites_;
  bool uses_sites_ = false;
  UnendingTypes unending_types_ = {};
  Counts counts_ = {};
  Counts kept_counts_ = {};  // Without the record that was begun.
  uint64_t num_damaged_ = 0;
  uint64_t num_unreadable_ = 0;
  uint64_t num_unending_ = 0;
  uint64_t num_left_out_ = 0;
  uint64_t size_left_out_ = 0;
};

// Writes the name of a reference: a string or null.
void WriteReferenceName(const Part& part, Output* output);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_RECORD_WRITER_H_

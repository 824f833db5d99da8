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
#include "record/object_parts.h"
#include "record/object_size.h"
#include "output/output.h"
#include "record/scan_options.h"
#include "memory/static_memory.h"
#include "record/type_table.h"

namespace heapgrind {

class RecordWriter {
 public:
  // With `keys`, the strings that are keys of dictionaries are added to that
  // set if `collects_keys`; else values of other strings are not written.
  // Records for which `output` has no room go to `nowhere`.
  RecordWriter(const ScanOptions& options, const OwnModules& own_modules,
               KeySet* keys, bool collects_keys, Frontier* frontier,
               Output* output, Output* nowhere)
      : options_(options),
        keys_(keys),
        collects_keys_(collects_keys),
        frontier_(frontier),
        output_(output),
        nowhere_(nowhere),
        parts_(own_modules) {
    if (options.low_memory) types_.UseSmallTable();
  }

  // From now on objects have their sites.  Wants a SitesLock.
  void UseSites() { uses_sites_ = true; }

  void WriteObject(PyObject* object, bool with_refcount);

  // Writes a frame that runs, and which called `called` (null: none).
  void WriteFrame(hg_frame* frame, void* called);

  uint64_t num_objects() const { return num_objects_; }
  uint64_t size() const { return size_; }  // Bytes.
  // The same of what went nowhere.
  uint64_t num_left_out() const { return num_left_out_; }
  uint64_t size_left_out() const { return size_left_out_; }
  // Bytes that the allocators have handed out for what was written.
  uint64_t allocated() const { return allocated_; }
  // 0, or the errno of what has failed.
  int error() const {
    if (parts_.out_of_memory() || sites_.out_of_memory()) return ENOMEM;
    return keys_ == nullptr ? 0 : keys_->error();
  }

  // The rest is for the callbacks of tp_traverse.

  void WriteElement(PyObject* target);
  bool MatchPart(PyObject* target) { return parts_.Match(target); }

 private:
  void WriteReference(PyObject* target);
  ObjectSize FindSize(PyObject* object, const TypeFacts& facts);
  uint64_t CountForeignBytes(hg_range range);
  bool FindRoom();
  void BeginRecord(const void* address, std::string_view type,
                   const ObjectSize& size);
  void WriteNumber(std::string_view key, uint64_t number);
  void WriteLength(PyObject* object, const TypeFacts& facts);
  void WriteValue(PyObject* object, Category category);
  void WriteTextValue(PyObject* object);
  void WriteBytesValue(PyObject* object);
  void WriteIntValue(PyObject* object);
  void WriteReferences(PyObject* object, const TypeFacts& facts);
  void WritePairs(PyObject* dict, size_t num_written);
  size_t CountWrittenPairs(PyObject* dict) const;
  void WritePartReferences();
  void WriteElements(PyObject* object, const TypeFacts& facts);
  void WritePartNames();
  void WriteKey(std::string_view key);

  bool HasValue(PyObject* object) const;
  size_t ValueLength() const;
  bool IsFull() const;

  const ScanOptions options_;
  KeySet* const keys_;
  const bool collects_keys_;
  Frontier* const frontier_;
  Output* output_;
  Output* const nowhere_;
  TypeTable types_;
  StaticMemory static_memory_;
  CountedRanges foreign_memory_;
  ObjectParts parts_;
  AllocationSites sites_;
  bool uses_sites_ = false;
  size_t num_references_ = 0;  // In the record that is being written.
  size_t num_references_left_out_ = 0;
  bool is_first_reference_ = true;
  uint64_t num_objects_ = 0;
  uint64_t size_ = 0;
  uint64_t allocated_ = 0;
  uint64_t num_left_out_ = 0;
  uint64_t size_left_out_ = 0;
};

// Writes the name of a reference: a string or null.
void WriteReferenceName(const Part& part, Output* output);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_RECORD_WRITER_H_

// The references of one record: `refs`, within the limits that the user set.

#ifndef HEAPGRIND_SCANNER_RECORD_REFERENCE_LIST_H_
#define HEAPGRIND_SCANNER_RECORD_REFERENCE_LIST_H_

#include <cstddef>
#include <cstdint>

#include "cpython/compat.h"
#include "memory/frontier.h"
#include "output/output.h"
#include "record/scan_options.h"
#include "surroundings.h"

namespace heapgrind {

class ReferenceList {
 public:
  ReferenceList(const ScanOptions& options, Frontier* frontier)
      : options_(options), frontier_(frontier) {}

  // To be called after hg_doubt_heap: from then on, fewer references are
  // believed.
  void DoubtHeap() {
    most_references_ = most_unmeasured_ = hg_most_references();
  }

  // How many of so many pairs the limits allow.
  size_t CountWrittenPairs(size_t count, const Output& output) const;

  // Writes `[`.  All that follow, up to End(), want the same output.
  // `is_measured`: memory has been found to have room for what is shown; else a
  // chain may be a circle.
  void Begin(Output* output, bool is_measured = true);

  // A key and its value: written if fewer than `num_written` pairs were.
  void AddPair(PyObject* key, PyObject* value, size_t num_written);

  // A reference with a name, which no limit leaves out.
  void AddNamed(PyObject* target);

  // A reference without a name.  Null is none: an element that is not set yet.
  void Add(PyObject* target);

  // The same to what is no object, and has a record that others write.  False
  // if it was left out.
  bool AddAddress(uintptr_t address);

  size_t num_written() const { return num_written_; }

  // Whether there were more references than can be, so that hg_give_up ended
  // the record; once.  After that, fewer are believed: they take time and room.
  bool TakeTooMany();

  // Writes `]`.  Returns how many were left out.
  size_t End();

 private:
  bool IsFull() const;
  void Write(uintptr_t address);

  const ScanOptions options_;
  uint64_t most_references_ = hg_most_references();
  uint64_t most_unmeasured_ = most_references_;
  uint64_t most_in_record_ = most_references_;
  bool has_too_many_ = false;
  Frontier* const frontier_;
  Output* output_ = nullptr;
  size_t num_limited_ = 0;  // Of those that limits are for.
  size_t num_left_out_ = 0;
  size_t num_written_ = 0;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_REFERENCE_LIST_H_

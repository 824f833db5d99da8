// Types whose objects do not come to an end, where the heap is not trusted.
//
// An object that does not end costs one record, and the time until the guard
// ends it.  Thousands of them, of a type whose code is overwritten, would cost
// hours: after some in a row, objects of that type are not looked into any
// more.

#ifndef HEAPGRIND_SCANNER_RECORD_UNENDING_TYPES_H_
#define HEAPGRIND_SCANNER_RECORD_UNENDING_TYPES_H_

#include <cstddef>
#include <cstdint>

#include "cpython/compat.h"

namespace heapgrind {

// Zero at first: the scan's memory is.
class UnendingTypes {
 public:
  // True if objects of a type are not worth the time.
  bool IsGivenUp(const PyTypeObject* type) const {
    if (num_rows_ == 0) return false;
    const Row* row = FindRow(type);
    return row == nullptr ? num_rows_ == kMostRows : row->is_given_up;
  }

  // An object of a type did not come to an end.
  void NoteUnending(const PyTypeObject* type) {
    ++num_unending_;
    Row* row = FindRow(type);
    if (row == nullptr) {
      if (num_rows_ == kMostRows) return;
      row = &rows_[num_rows_++];
      row->type = type;
    }
    ++row->num_in_a_row;
    row->is_given_up =
        row->num_in_a_row >= kMostInARow || num_unending_ >= kMostAltogether;
  }

  // Another did.
  void NoteEnd(const PyTypeObject* type) {
    if (num_rows_ == 0) return;
    Row* row = FindRow(type);
    if (row != nullptr) row->num_in_a_row = 0;
  }

 private:
  static constexpr uint32_t kMostInARow = 8;
  // From then on, one object is enough to give its type up.
  static constexpr uint32_t kMostAltogether = 1000;
  // With more, nothing of the process's code can be trusted.
  static constexpr size_t kMostRows = 256;

  struct Row {
    const PyTypeObject* type;
    uint32_t num_in_a_row;
    bool is_given_up;
  };

  const Row* FindRow(const PyTypeObject* type) const {
    for (size_t i = 0; i < num_rows_; ++i) {
      if (rows_[i].type == type) return &rows_[i];
    }
    return nullptr;
  }

  Row* FindRow(const PyTypeObject* type) {
    return const_cast<Row*>(
        static_cast<const UnendingTypes*>(this)->FindRow(type));
  }

  Row rows_[kMostRows];
  size_t num_rows_;
  uint32_t num_unending_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_UNENDING_TYPES_H_

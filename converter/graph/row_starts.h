// Where the rows of a compressed adjacency (CSR) begin, in 4 bytes a row.
//
//     row r = elements[starts[r] .. starts[r + 1])
//
// Hardly any heap has 2^32 references, so only the low halves of the starts are
// stored, and beside them the rows at which the high half grows: none, as a
// rule.

#ifndef HEAPGRIND_CONVERTER_GRAPH_ROW_STARTS_H_
#define HEAPGRIND_CONVERTER_GRAPH_ROW_STARTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "converter/base/fetch_ahead.h"

namespace heapgrind {

class RowStarts {
 public:
  // Of no rows.
  RowStarts() : low_(1) {}

  // Of rows with `sizes[r + 1]` elements each; sizes[0], which stands for
  // nothing, must be there.  Takes no memory besides.
  static RowStarts OfSizes(std::vector<uint32_t> sizes);

  void reserve(size_t num_rows) { low_.reserve(num_rows + 1); }

  // Appends a row that ends at `end`, which is where it begins or higher.
  void push_back(uint64_t end);

  // Makes the last row end at `end`, no lower than it did.  There must be rows.
  void ExtendLastRow(uint64_t end);

  size_t num_rows() const { return low_.size() - 1; }

  // The number of all elements.
  uint64_t end() const { return (*this)[num_rows()]; }

  // Where `row` begins; that of num_rows() is where the last row ends.
  uint64_t operator[](size_t row) const {
    return has_carries_ ? low_[row] + High(row) : low_[row];
  }

  // Fetches where `row` begins.
  void Prefetch(size_t row) const { FetchAhead(&low_[row]); }

  uint64_t SizeOf(size_t row) const {
    return has_carries_ ? (*this)[row + 1] - (*this)[row]
                        : low_[row + 1] - low_[row];
  }

 private:
  uint64_t High(size_t row) const;

  std::vector<uint32_t> low_;
  // Rows whose start has a greater high half than that of the row before, once
  // for each 2^32; ascending.
  std::vector<size_t> carries_;
  bool has_carries_ = false;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_GRAPH_ROW_STARTS_H_

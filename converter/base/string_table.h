// Every text of a dump once, as a number.
//
// A heap repeats its names: a million instances share a type name and some
// attribute names.  Equal texts get equal numbers, so that later stages compare
// and hash four bytes.

#ifndef HEAPGRIND_CONVERTER_BASE_STRING_TABLE_H_
#define HEAPGRIND_CONVERTER_BASE_STRING_TABLE_H_

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace heapgrind {

using StringId = uint32_t;

// Stands for a text that is not there.  It is not the empty text.
inline constexpr StringId kNoString = 0;

class StringTable {
 public:
  StringTable();

  // The number of `text`.  Amortised constant time; copies a new text once.
  StringId Intern(std::string_view text);

  // The number of `text`, or kNoString if it was never interned.
  StringId Find(std::string_view text) const;

  // One more than the highest number.
  size_t size() const { return text_of_id_.size(); }

  // The text behind a number, valid as long as the table.  kNoString gives "".
  std::string_view Text(StringId id) const { return text_of_id_[id]; }

 private:
  std::string_view Store(std::string_view text);

  std::vector<std::string_view> text_of_id_;
  absl::flat_hash_map<absl::string_view, StringId> id_of_text_;
  std::vector<std::unique_ptr<char[]>> chunks_;
  char* free_ = nullptr;
  size_t num_free_ = 0;  // Bytes left at free_.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_BASE_STRING_TABLE_H_

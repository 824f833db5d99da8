// The texts that say who shares an object: "app, data".
//
// Most labels with sharers are never shown, so that their text is made on
// demand.  Until then they go by numbers.

#ifndef HEAPGRIND_CONVERTER_PROFILE_SHARER_NAMES_H_
#define HEAPGRIND_CONVERTER_PROFILE_SHARER_NAMES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "converter/base/string_table.h"
#include "converter/profile/sharers.h"

namespace heapgrind {

// Of no more names than are told apart, in any order; one may be there twice.
class NameList {
 public:
  // There must be room.
  void Add(StringId name) { names_[size_++] = name; }

  StringId* begin() { return names_.data(); }
  StringId* end() { return names_.data() + size_; }
  const StringId* begin() const { return names_.data(); }
  const StringId* end() const { return names_.data() + size_; }
  size_t size() const { return size_; }

  // Leaves each name once, in the order of their numbers.
  void SortAndUnite();

  friend bool operator==(const NameList& a, const NameList& b) {
    return a.size_ == b.size_ && a.names_ == b.names_;
  }
  template <typename H>
  friend H AbslHashValue(H state, const NameList& list) {
    return H::combine(std::move(state), list.names_, list.size_);
  }

 private:
  std::array<StringId, kMaxSharers> names_ = {};  // Zeros from size_ on.
  uint32_t size_ = 0;
};

class SharerNames {
 public:
  // The table must outlive it, and takes what it makes.
  explicit SharerNames(StringTable* strings)
      : strings_(*strings), text_of_number_(1), names_of_number_(1) {}

  // The number, from 1 on, of the text that lists these names, each once and in
  // the order of texts.  Equal texts have equal numbers.  Constant time, but
  // for names that have a comma themselves.
  uint32_t NumberOf(NameList names);

  // The number of a text that is none of names, such as "many".
  uint32_t NumberOfText(std::string_view text);

  // The text behind a number, interned when it is first asked for; of 0,
  // kNoString.
  StringId Text(uint32_t number);

 private:
  uint32_t Add(NameList names, StringId text);
  bool HasComma(StringId name);
  std::string Join(const NameList& names) const;
  bool Split(std::string_view text, NameList* pieces);

  StringTable& strings_;
  absl::flat_hash_map<NameList, uint32_t> number_of_names_;
  absl::flat_hash_map<StringId, uint32_t> number_of_text_;
  std::vector<StringId> text_of_number_;  // kNoString: not made yet.
  std::vector<NameList> names_of_number_;
  std::vector<uint8_t>
      comma_of_name_;  // By text: 0 not looked at, 1 no, 2 yes.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_SHARER_NAMES_H_

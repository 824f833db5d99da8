// The table of strings of a heap snapshot: each text once, by its place.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_EXPORT_SNAPSHOT_STRINGS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_EXPORT_SNAPSHOT_STRINGS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "converter/base/string_table.h"

namespace heapgrind {

class SnapshotStrings {
 public:
  // `strings` must outlive it.
  explicit SnapshotStrings(const StringTable& strings) : strings_(strings) {}

  // The place of a text of `strings`; takes no look at the text.
  uint32_t Of(StringId id);

  // The place of any other text, which is copied.
  uint32_t OfText(std::string_view text);

  // Hands the texts to `write`, as elements of a JSON array.
  void Write(absl::FunctionRef<void(absl::string_view)> write) const;

 private:
  const StringTable& strings_;
  StringTable others_;
  // By place; "" comes first, as readers expect.
  std::vector<std::string_view> texts_ = {""};
  // By id of `strings_` and of `others_`; 0: none yet.
  std::vector<uint32_t> place_of_id_;
  std::vector<uint32_t> place_of_other_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_EXPORT_SNAPSHOT_STRINGS_H_

#include "converter/commands/export/snapshot_strings.h"

#include <string>

#include "converter/json/json_writer.h"

namespace heapgrind {
namespace {

// The place in `texts` of what `table` has under `id`, added if it is new.
uint32_t PlaceOf(StringId id, const StringTable& table,
                 std::vector<uint32_t>* place_of_id,
                 std::vector<std::string_view>* texts) {
  if (id >= place_of_id->size()) place_of_id->resize(table.size());
  uint32_t& place = (*place_of_id)[id];
  if (place == 0 && !table.Text(id).empty()) {
    place = static_cast<uint32_t>(texts->size());
    texts->push_back(table.Text(id));
  }
  return place;
}

}  // namespace

uint32_t SnapshotStrings::Of(StringId id) {
  return PlaceOf(id, strings_, &place_of_id_, &texts_);
}

uint32_t SnapshotStrings::OfText(std::string_view text) {
  return PlaceOf(others_.Intern(text), others_, &place_of_other_, &texts_);
}

void SnapshotStrings::Write(
    absl::FunctionRef<void(absl::string_view)> write) const {
  JsonWriter json;
  for (size_t place = 0; place < texts_.size(); ++place) {
    if (place > 0) write(",");
    json.Text(texts_[place]);
    write(json.TakeLine());
  }
}

}  // namespace heapgrind

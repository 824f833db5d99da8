#include "converter/commands/strip/needed_values.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "converter/load/name_texts.h"
#include "converter/load/shape_key.h"

namespace heapgrind {
namespace {

// The pairs of a mapping; what claims more than there are has none.
size_t NumPairReferences(const DumpRecord& record) {
  const uint64_t num_pairs = NumPairsOfRecord(record);
  return num_pairs <= record.refs.size() / 2 ? 2 * num_pairs : 0;
}

}  // namespace

void NeededValues::SeeNames(const DumpRecord& record) {
  if (record.form != RecordForm::kObject) return;
  const size_t num_pairs = NumPairReferences(record);
  for (size_t i = 0; i < num_pairs; i += 2) needed_.Insert(record.refs[i]);
  const size_t num_names =
      std::min(record.names.size(), record.refs.size() - num_pairs);
  for (size_t i = 0; i < num_names; ++i) {
    if (IsSpecialName(record.names[i])) {
      needed_.Insert(record.refs[num_pairs + i]);
    }
  }
  if (IsSpecialName(TextOfRecord(record, IsDefinitionRecord(record)))) {
    specials_.Insert(record.address);
  }
}

void NeededValues::SeeKeys(const DumpRecord& record) {
  if (record.form != RecordForm::kObject) return;
  const size_t num_pairs = NumPairReferences(record);
  for (size_t i = 0; i < num_pairs; i += 2) {
    if (specials_.Contains(record.refs[i])) needed_.Insert(record.refs[i + 1]);
  }
}

bool NeededValues::Needs(const DumpRecord& record) const {
  if (record.value.data() == nullptr) return false;
  if (record.value.size() <= kShortTextBytes) return true;
  // Without its value the object would go by its name, or a definition by none.
  const bool is_definition = IsDefinitionRecord(record);
  if (is_definition != (record.name.data() != nullptr)) return true;
  return needed_.Contains(record.address);
}

}  // namespace heapgrind

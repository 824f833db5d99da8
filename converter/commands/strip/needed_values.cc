#include "converter/commands/strip/needed_values.h"

#include <cstddef>
#include <string_view>

#include "converter/load/name_texts.h"
#include "converter/load/shape_key.h"

namespace heapgrind {
namespace {

bool IsDefinition(const DumpRecord& record) {
  return IsDefinitionRecord(record, KindOfRecord(record));
}

}  // namespace

void NeededValues::SeeNames(const DumpRecord& record) {
  if (record.form != RecordForm::kObject) return;
  const size_t num_pairs = 2 * NumPairsOfRecord(record);
  ForEachPair(record.refs, num_pairs,
              [this](uint64_t key, uint64_t) { needed_.Insert(key); });
  ForEachNamed(record.refs, num_pairs, record.names,
               [this](std::string_view name, uint64_t target) {
                 if (IsSpecialName(name)) needed_.Insert(target);
               });
  if (IsSpecialName(TextOfRecord(record, IsDefinition(record)))) {
    specials_.Insert(record.address);
  }
}

void NeededValues::SeeKeys(const DumpRecord& record) {
  if (record.form != RecordForm::kObject) return;
  ForEachPair(record.refs, 2 * NumPairsOfRecord(record),
              [this](uint64_t key, uint64_t value) {
                if (specials_.Contains(key)) needed_.Insert(value);
              });
}

bool NeededValues::Needs(const DumpRecord& record) const {
  if (record.value.data() == nullptr) return false;
  if (record.value.size() <= kShortTextBytes) return true;
  // Without its value the object would go by its name, or a definition by none.
  const bool is_definition = IsDefinition(record);
  if (is_definition != (record.name.data() != nullptr)) return true;
  return needed_.Contains(record.address);
}

}  // namespace heapgrind

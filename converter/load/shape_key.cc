#include "converter/load/shape_key.h"

#include <cstdint>
#include <cstring>

namespace heapgrind {
namespace {

constexpr uint32_t kNull = UINT32_MAX;  // The size of a name that is null.

struct KindName {
  std::string_view name;
  NodeKind kind;
};

constexpr KindName kKinds[] = {
    {"module", NodeKind::kModule},
    {"class", NodeKind::kClass},
    {"function", NodeKind::kFunction},
    {"code", NodeKind::kCode},
    {"frame", NodeKind::kFrame},
    // Meliae has types, but no kinds.
    {"type", NodeKind::kClass},
    {"classobj", NodeKind::kClass},
};

// What of a record's pairs its shape says.
struct Mapping {
  explicit Mapping(const DumpRecord& record) {
    const uint64_t num_pairs = NumPairsOfRecord(record);
    is_mapping = num_pairs > 0;
    if (!is_mapping) return;
    num_after = static_cast<uint32_t>(record.refs.size() - 2 * num_pairs);
  }

  bool is_mapping = false;
  uint32_t num_after = 0;
};

uint32_t KindNumber(NodeKind kind, const Mapping& mapping) {
  return static_cast<uint32_t>(kind) << 1 | mapping.is_mapping;
}

void AppendNumber(uint32_t number, std::string* key) {
  key->append(reinterpret_cast<const char*>(&number), sizeof(number));
}

void AppendText(std::string_view text, std::string* key) {
  AppendNumber(
      text.data() == nullptr ? kNull : static_cast<uint32_t>(text.size()), key);
  key->append(text);
}

uint32_t TakeNumber(std::string_view* key) {
  uint32_t number;
  std::memcpy(&number, key->data(), sizeof(number));
  key->remove_prefix(sizeof(number));
  return number;
}

// Takes a text, and returns whether it is `text`.
bool SkipText(std::string_view text, std::string_view* key) {
  const uint32_t size = TakeNumber(key);
  if (text.data() == nullptr || size == kNull) {
    return text.data() == nullptr && size == kNull;
  }
  if (text != key->substr(0, size)) return false;
  key->remove_prefix(size);
  return true;
}

StringId TakeText(std::string_view* key, StringTable* strings) {
  const uint32_t size = TakeNumber(key);
  if (size == kNull) return kNoString;
  const StringId text = strings->Intern(key->substr(0, size));
  key->remove_prefix(size);
  return text;
}

}  // namespace

NodeKind KindOfRecord(const DumpRecord& record) {
  const std::string_view name =
      record.kind.data() == nullptr ? record.type : record.kind;
  for (const KindName& kind : kKinds) {
    if (kind.name == name) return kind.kind;
  }
  // Of other types Meliae names the instances of metaclasses alone.
  const bool is_class =
      record.name.data() != nullptr && record.file.data() == nullptr;
  return is_class ? NodeKind::kClass : NodeKind::kObject;
}

// A dictionary without `pairs` is Meliae's: key, value, key, value throughout.
uint64_t NumPairsOfRecord(const DumpRecord& record) {
  const bool has_all = record.pairs <= record.refs.size() / 2;
  if (record.pairs > 0) return has_all ? record.pairs : 0;
  const bool is_old_dict = record.type == "dict" && record.names.empty() &&
                           record.refs.size() % 2 == 0;
  return is_old_dict ? record.refs.size() / 2 : 0;
}

void WriteShapeKey(const DumpRecord& record, NodeKind kind, std::string* key) {
  const Mapping mapping(record);
  key->clear();
  AppendText(record.type, key);
  AppendNumber(KindNumber(kind, mapping), key);
  AppendNumber(mapping.num_after, key);
  for (const std::string_view name : record.names) AppendText(name, key);
}

bool HasShapeKey(const DumpRecord& record, NodeKind kind,
                 std::string_view key) {
  const Mapping mapping(record);
  if (!SkipText(record.type, &key) ||
      TakeNumber(&key) != KindNumber(kind, mapping) ||
      TakeNumber(&key) != mapping.num_after) {
    return false;
  }
  for (const std::string_view name : record.names) {
    if (key.empty() || !SkipText(name, &key)) return false;
  }
  return key.empty();
}

Shape ShapeOfKey(std::string_view key, StringTable* strings) {
  Shape shape;
  shape.type = TakeText(&key, strings);
  const uint32_t kind = TakeNumber(&key);
  shape.kind = static_cast<NodeKind>(kind >> 1);
  shape.is_mapping = (kind & 1) != 0;
  shape.num_after_pairs = TakeNumber(&key);
  while (!key.empty()) shape.names.push_back(TakeText(&key, strings));
  return shape;
}

}  // namespace heapgrind

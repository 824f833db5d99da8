#include "converter/commands/summary/text_collector.h"

#include <algorithm>
#include <cstring>

#include "converter/python/builtin_types.h"

namespace heapgrind {
namespace {

constexpr size_t kChunkBytes = 1 << 20;

// UTF-8: every byte but the second and later ones of a character begins one.
uint64_t NumCharacters(std::string_view text) {
  return static_cast<uint64_t>(std::count_if(
      text.begin(), text.end(),
      [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

absl::Status TextCollector::Take(const DumpRecord& record) {
  if (record.form != RecordForm::kObject || !IsTextType(record.type)) {
    return absl::OkStatus();
  }
  HeapText text;
  text.address = record.address;
  text.size = record.size;
  text.form = record.type[0];
  text.is_whole = record.value.data() != nullptr &&
                  NumCharacters(record.value) == record.len;
  if (text.is_whole) text.text = Keep(record.value);
  texts_.Add(text);
  return absl::OkStatus();
}

std::vector<HeapText> TextCollector::Join(
    const std::vector<std::unique_ptr<TextCollector>>& collectors) {
  std::vector<AddressedRecords<HeapText>*> texts;
  for (const auto& collector : collectors) texts.push_back(&collector->texts_);
  return AddressedRecords<HeapText>::Join(texts);
}

std::string_view TextCollector::Keep(std::string_view text) {
  if (text.size() > num_free_) {
    num_free_ = std::max(kChunkBytes, text.size());
    chunks_.push_back(std::make_unique<char[]>(num_free_));
    free_ = chunks_.back().get();
  }
  if (!text.empty()) std::memcpy(free_, text.data(), text.size());
  const std::string_view kept(free_, text.size());
  free_ += text.size();
  num_free_ -= text.size();
  return kept;
}

}  // namespace heapgrind

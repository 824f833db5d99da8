#include "converter/base/string_table.h"

#include <algorithm>
#include <cstring>

namespace heapgrind {
namespace {

constexpr size_t kChunkBytes = 64 * 1024;

}  // namespace

StringTable::StringTable() : text_of_id_(1) {}

StringId StringTable::Intern(std::string_view text) {
  const auto found = id_of_text_.find({text.data(), text.size()});
  if (found != id_of_text_.end()) return found->second;
  const std::string_view stored = Store(text);
  const StringId id = static_cast<StringId>(text_of_id_.size());
  text_of_id_.push_back(stored);
  id_of_text_.emplace(absl::string_view(stored.data(), stored.size()), id);
  return id;
}

StringId StringTable::Find(std::string_view text) const {
  const auto found = id_of_text_.find({text.data(), text.size()});
  return found == id_of_text_.end() ? kNoString : found->second;
}

std::string_view StringTable::Store(std::string_view text) {
  if (text.size() > num_free_ || free_ == nullptr) {
    num_free_ = std::max(kChunkBytes, text.size());
    chunks_.push_back(std::make_unique<char[]>(num_free_));
    free_ = chunks_.back().get();
  }
  char* const copy = free_;
  if (!text.empty()) std::memcpy(copy, text.data(), text.size());
  free_ += text.size();
  num_free_ -= text.size();
  return {copy, text.size()};
}

}  // namespace heapgrind

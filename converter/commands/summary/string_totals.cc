#include "converter/commands/summary/string_totals.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace heapgrind {
namespace {

uint64_t RoundUp(uint64_t size) {
  uint64_t up_to = 1;
  while (up_to < size && up_to < uint64_t{1} << 63) up_to *= 2;
  return up_to;
}

bool CostsMore(const SameStrings& a, const SameStrings& b) {
  if (a.duplicate_bytes != b.duplicate_bytes) {
    return a.duplicate_bytes > b.duplicate_bytes;
  }
  return std::tie(a.text, a.form) < std::tie(b.text, b.form);
}

class StringCounter {
 public:
  void Count(const HeapText& text) {
    StringSizes& sizes = sizes_[RoundUp(text.size)];
    ++sizes.objects;
    sizes.bytes += text.size;
    ++totals_.objects;
    totals_.bytes += text.size;
    if (!text.is_whole) return;
    ++totals_.whole_objects;
    totals_.whole_bytes += text.size;
    SameStrings& same = same_[Key(text)];
    same.form = text.form;
    ++same.objects;
    same.bytes += text.size;
    if (same.objects == 1) return;
    same.duplicate_bytes += text.size;
    sizes.duplicate_bytes += text.size;
    ++totals_.duplicate_objects;
    totals_.duplicate_bytes += text.size;
  }

  StringTotals Totals(uint64_t num_wanted) {
    for (auto& [up_to, sizes] : sizes_) {
      sizes.up_to = up_to;
      totals_.sizes.push_back(sizes);
    }
    for (auto& [key, same] : same_) {
      if (same.objects == 1) continue;
      same.text = std::string_view(key.second.data(), key.second.size());
      totals_.duplicates.push_back(same);
    }
    std::vector<SameStrings>& duplicates = totals_.duplicates;
    const size_t count = std::min<uint64_t>(num_wanted, duplicates.size());
    std::partial_sort(duplicates.begin(), duplicates.begin() + count,
                      duplicates.end(), CostsMore);
    duplicates.resize(count);
    return totals_;
  }

 private:
  using FormAndText = std::pair<char, absl::string_view>;

  static FormAndText Key(const HeapText& text) {
    return {text.form, absl::string_view(text.text.data(), text.text.size())};
  }

  StringTotals totals_;
  std::map<uint64_t, StringSizes> sizes_;
  absl::flat_hash_map<FormAndText, SameStrings> same_;
};

}  // namespace

StringTotals CountStrings(const std::vector<HeapText>& texts,
                          uint64_t num_wanted) {
  StringCounter counter;
  for (const HeapText& text : texts) counter.Count(text);
  return counter.Totals(num_wanted);
}

}  // namespace heapgrind

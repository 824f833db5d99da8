#include "converter/commands/walk/value_texts.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace heapgrind {

void ValueCollector::StartPart(uint64_t number) {
  if (!parts_.empty()) {
    parts_.back().values.shrink_to_fit();
    parts_.back().texts.shrink_to_fit();
  }
  parts_.emplace_back();
  parts_.back().number = number;
}

absl::Status ValueCollector::Take(const DumpRecord& record) {
  const bool has_value = record.form == RecordForm::kObject &&
                         record.value.data() != nullptr &&
                         record.value.size() <= UINT32_MAX;
  if (!has_value) return absl::OkStatus();
  // A part may be one line that is longer than places can say.
  if (parts_.back().texts.size() > UINT32_MAX) StartPart(parts_.back().number);
  ValuePart& part = parts_.back();
  part.values.push_back({record.address, record.len,
                         static_cast<uint32_t>(part.texts.size()),
                         static_cast<uint32_t>(record.value.size())});
  part.texts.append(record.value);
  return absl::OkStatus();
}

ValueTexts::ValueTexts(
    const HeapGraph& graph,
    absl::Span<const std::unique_ptr<ValueCollector>> collectors) {
  for (const std::unique_ptr<ValueCollector>& collector : collectors) {
    std::vector<ValuePart> parts = collector->TakeParts();
    std::move(parts.begin(), parts.end(), std::back_inserter(parts_));
  }
  std::stable_sort(parts_.begin(), parts_.end(),
                   [](const ValuePart& a, const ValuePart& b) {
                     return a.number < b.number;
                   });
  for (uint32_t part = 0; part < parts_.size(); ++part) {
    for (uint32_t value = 0; value < parts_[part].values.size(); ++value) {
      const NodeId node =
          graph.address.Find(parts_[part].values[value].address);
      entries_.push_back({node, part, value});
    }
  }
  // Of two records of one address the first counts, as in the graph.
  std::stable_sort(
      entries_.begin(), entries_.end(),
      [](const Entry& a, const Entry& b) { return a.node < b.node; });
  entries_.erase(std::unique(entries_.begin(), entries_.end(),
                             [](const Entry& a, const Entry& b) {
                               return a.node == b.node;
                             }),
                 entries_.end());
  entries_.shrink_to_fit();
}

const ValueTexts::Entry* ValueTexts::Find(NodeId node) const {
  const auto found = std::lower_bound(
      entries_.begin(), entries_.end(), node,
      [](const Entry& entry, NodeId n) { return entry.node < n; });
  return found == entries_.end() || found->node != node ? nullptr : &*found;
}

std::string_view ValueTexts::Text(NodeId node) const {
  const Entry* const entry = Find(node);
  return entry == nullptr ? std::string_view() : TextOf(*entry);
}

uint64_t ValueTexts::Length(NodeId node) const {
  const Entry* const entry = Find(node);
  return entry == nullptr ? 0 : ValueOf(*entry).length;
}

}  // namespace heapgrind

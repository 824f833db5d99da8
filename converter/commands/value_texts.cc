#include "converter/commands/value_texts.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace heapgrind {

void ValueCollector::StartSection(uint64_t number) {
  if (!sections_.empty()) {
    sections_.back().values.shrink_to_fit();
    sections_.back().texts.shrink_to_fit();
  }
  sections_.emplace_back();
  sections_.back().number = number;
}

absl::Status ValueCollector::Take(const DumpRecord& record) {
  const bool has_value = record.form == RecordForm::kObject &&
                         record.value.data() != nullptr &&
                         record.value.size() <= UINT32_MAX;
  if (!has_value) return absl::OkStatus();
  // A section may be one line that is longer than places can say.
  if (sections_.back().texts.size() > UINT32_MAX)
    StartSection(sections_.back().number);
  ValueSection& section = sections_.back();
  section.values.push_back({record.address, record.len,
                            static_cast<uint32_t>(section.texts.size()),
                            static_cast<uint32_t>(record.value.size())});
  section.texts.append(record.value);
  return absl::OkStatus();
}

ValueTexts::ValueTexts(
    const HeapGraph& graph,
    absl::Span<const std::unique_ptr<ValueCollector>> collectors) {
  for (const std::unique_ptr<ValueCollector>& collector : collectors) {
    std::vector<ValueSection> sections = collector->TakeSections();
    std::move(sections.begin(), sections.end(), std::back_inserter(sections_));
  }
  std::stable_sort(sections_.begin(), sections_.end(),
                   [](const ValueSection& a, const ValueSection& b) {
                     return a.number < b.number;
                   });
  for (uint32_t section = 0; section < sections_.size(); ++section) {
    for (uint32_t value = 0; value < sections_[section].values.size();
         ++value) {
      const NodeId node =
          graph.address.Find(sections_[section].values[value].address);
      entries_.push_back({node, section, value});
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

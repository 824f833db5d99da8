// The values of a dump's strings and numbers, which a heap graph leaves out.
//
// They are kept while the dump is read, in memory: about a tenth of what the
// graph of a usual heap takes, and then every question about texts is answered
// without the dump, which may be compressed or have come through a pipe.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_VALUE_TEXTS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_VALUE_TEXTS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "converter/dump/record_sink.h"
#include "converter/heap/heap_graph.h"

namespace heapgrind {

// The values of one section of a dump.
struct ValueSection {
  struct Value {
    uint64_t address;
    uint64_t length;  // What the record says of its elements.
    uint32_t place;   // In `texts`.
    uint32_t size;    // Bytes.
  };
  uint64_t number = 0;
  std::vector<Value> values;
  std::string texts;
};

// Keeps the values of the records that one thread reads; see LoadDump.
class ValueCollector : public RecordSink {
 public:
  void StartSection(uint64_t number) override;
  absl::Status Take(const DumpRecord& record) override;

  std::vector<ValueSection> TakeSections() { return std::move(sections_); }

 private:
  std::vector<ValueSection> sections_;
};

class ValueTexts {
 public:
  ValueTexts() = default;

  // Of the objects of `graph`, from collectors that saw the whole dump; nothing
  // stays in them.
  ValueTexts(const HeapGraph& graph,
             absl::Span<const std::unique_ptr<ValueCollector>> collectors);

  // The value of a node as the dump has it; a view without data if it has none.
  // Logarithmic.
  std::string_view Text(NodeId node) const;

  // How long the dump says a node with a value is: characters of a string, of
  // which Text may have fewer; 0 if it does not say.
  uint64_t Length(NodeId node) const;

  // Calls visit(node, text) for each value, by node.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    for (const Entry& entry : entries_) visit(entry.node, TextOf(entry));
  }

 private:
  struct Entry {
    NodeId node;
    uint32_t section;
    uint32_t value;
  };

  const Entry* Find(NodeId node) const;
  const ValueSection::Value& ValueOf(const Entry& entry) const {
    return sections_[entry.section].values[entry.value];
  }
  std::string_view TextOf(const Entry& entry) const {
    const ValueSection::Value& value = ValueOf(entry);
    return std::string_view(sections_[entry.section].texts)
        .substr(value.place, value.size);
  }

  std::vector<ValueSection> sections_;
  std::vector<Entry> entries_;  // By node.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_VALUE_TEXTS_H_

#include "converter/load/repeated_records.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace heapgrind {
namespace {

// All that is compared.
struct Content {
  uint64_t size;
  uint32_t shape;
  uint8_t text_size;
  std::string_view text;
  std::string_view name;
  std::vector<uint64_t> references;  // Addresses.

  bool operator==(const Content& other) const {
    return size == other.size && shape == other.shape &&
           text_size == other.text_size && text == other.text &&
           name == other.name && references == other.references;
  }
};

uint64_t SizeOf(const RecordBlock& block, uint32_t record) {
  if (block.size[record] != RecordBlock::kLargeSize) return block.size[record];
  return std::lower_bound(block.large_sizes.begin(), block.large_sizes.end(),
                          record,
                          [](const RecordBlock::Number& number, uint32_t r) {
                            return number.record < r;
                          })
      ->value;
}

std::string_view NameOf(const RecordBlock& block, uint32_t record) {
  const auto found = std::lower_bound(
      block.definitions.begin(), block.definitions.end(), record,
      [](const BlockDefinition& definition, uint32_t r) {
        return definition.record < r;
      });
  const bool is_definition =
      found != block.definitions.end() && found->record == record;
  return is_definition ? block.TextOf(found->name) : std::string_view();
}

// Calls visit(address, content) for each record of the block whose address
// `is_wanted`.
template <typename IsWanted, typename Visit>
void ForEachContent(const RecordBlock& block, const IsWanted& is_wanted,
                    const Visit& visit) {
  PackedAddresses addresses = block.Addresses();
  PackedAddresses next_references = block.References();
  size_t text = 0;
  for (uint32_t i = 0; i < block.address.size(); ++i) {
    const uint8_t text_size = block.text_size[i];
    const size_t text_bytes = text_size == RecordBlock::kNoText ? 0 : text_size;
    const uint64_t address = addresses.Next();
    if (is_wanted(address)) {
      std::vector<uint64_t> references(block.num_references[i]);
      for (uint64_t& reference : references) reference = next_references.Next();
      visit(address,
            Content{SizeOf(block, i), block.shape[i], text_size,
                    std::string_view(block.texts.data() + text, text_bytes),
                    NameOf(block, i), std::move(references)});
    } else {
      for (uint32_t j = 0; j < block.num_references[i]; ++j) {
        next_references.Next();
      }
    }
    text += text_bytes;
  }
}

}  // namespace

RepeatCounts CountRepeats(const std::vector<RecordBlock>& blocks,
                          const std::vector<RecordPlace>& repeated) {
  RepeatCounts counts;
  if (repeated.empty()) return counts;
  struct First {
    Content content;
    bool is_known = false;
  };
  absl::flat_hash_map<uint64_t, First> first_of_address;
  auto next_repeated = repeated.begin();
  for (size_t block = 0; block < blocks.size(); ++block) {
    PackedAddresses addresses = blocks[block].Addresses();
    for (uint32_t i = 0; i < blocks[block].address.size(); ++i) {
      const uint64_t address = addresses.Next();
      if (next_repeated == repeated.end() || next_repeated->block != block ||
          next_repeated->record != i) {
        continue;
      }
      first_of_address[address];
      ++next_repeated;
    }
  }
  const auto is_repeated = [&](uint64_t address) {
    return first_of_address.contains(address);
  };
  for (const RecordBlock& block : blocks) {
    ForEachContent(block, is_repeated, [&](uint64_t address, Content content) {
      First& first = first_of_address[address];
      if (!first.is_known) {
        first = {std::move(content), true};
      } else if (first.content == content) {
        ++counts.same;
      } else {
        ++counts.contradicting;
      }
    });
  }
  return counts;
}

}  // namespace heapgrind

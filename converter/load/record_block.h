// What the graph needs of the records of one section of a dump, packed.
//
// A block is written once, by the thread that reads the section, and read from
// front to back; the graph's builder frees its arrays one by one as it uses
// them up.  35 bytes an object for a usual heap.

#ifndef HEAPGRIND_CONVERTER_LOAD_RECORD_BLOCK_H_
#define HEAPGRIND_CONVERTER_LOAD_RECORD_BLOCK_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "converter/base/byte_sizes.h"
#include "converter/load/address_packer.h"

namespace heapgrind {

// A text in the block's `definition_texts`; a place of kNone stands for a text
// that is not there.
struct BlockText {
  static constexpr uint32_t kNone = UINT32_MAX;
  uint32_t place = kNone;
  uint32_t size = 0;  // Bytes.
};

struct BlockDefinition {
  uint32_t record;
  uint32_t line;
  uint32_t last_line;
  BlockText name, qualname, module, file;
};

struct BlockRoot {
  std::string kind;
  std::string name;
  std::vector<std::string> names;
  std::vector<bool> has_name;
  std::vector<uint64_t> references;
};

struct BlockSite {
  uint32_t number;
  uint32_t caller;  // 0: none.
  uint32_t line;
  BlockText file;
};

struct RecordBlock {
  static constexpr uint8_t kNoText = UINT8_MAX;
  static constexpr uint32_t kLargeSize = ByteSizes::kLarge;

  uint64_t section = 0;  // Number of the section in the dump.

  // What packed the addresses: one packer for all blocks of a thread.
  std::shared_ptr<const AddressPacker> packer;

  // By record.  Once linked, an address is the number of a node, or kNoNode if
  // the record does not count.
  std::vector<uint32_t> address;
  std::vector<uint32_t> size;      // Resident bytes, or kLargeSize.
  std::vector<uint32_t> gc_bytes;  // Empty unless kept.
  std::vector<uint32_t> slack;     // Empty unless kept.
  std::vector<uint32_t> site;      // 0: none; empty if none has one.
  std::vector<uint32_t> shape;     // Number of the shape for this thread.
  std::vector<uint32_t> num_references;
  std::vector<uint8_t> text_size;  // Bytes, or kNoText.

  // One record's behind the other's.
  std::vector<uint32_t> references;  // Addresses, packed.
  std::vector<char> texts;

  // The addresses that could not be packed, in their order.
  std::vector<uint64_t> far_addresses;
  std::vector<uint64_t> far_references;

  // What few records have, in their order.
  struct Number {
    uint32_t record;
    uint64_t value;
  };
  std::vector<Number> large_sizes;    // Bytes.
  std::vector<Number> virtual_sizes;  // Bytes; of those that are partly absent.
  std::vector<Number> refcounts;
  std::vector<Number> num_inside;
  std::vector<BlockDefinition> definitions;
  std::string definition_texts;
  std::vector<BlockRoot> roots;
  std::vector<BlockSite> sites;

  PackedAddresses Addresses() const {
    return PackedAddresses(*packer, address, far_addresses);
  }
  PackedAddresses References() const {
    return PackedAddresses(*packer, references, far_references);
  }

  std::string_view TextOf(BlockText text) const {
    if (text.place == BlockText::kNone) return {};
    return std::string_view(definition_texts).substr(text.place, text.size);
  }
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_RECORD_BLOCK_H_

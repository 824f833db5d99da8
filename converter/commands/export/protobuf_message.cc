#include "converter/commands/export/protobuf_message.h"

namespace heapgrind {
namespace {

// How a value is written.
enum WireType : uint32_t { kVarint = 0, kLengthDelimited = 2 };

void AppendVarint(uint64_t number, std::string* bytes) {
  for (; number >= 0x80; number >>= 7) {
    bytes->push_back(static_cast<char>(number | 0x80));
  }
  bytes->push_back(static_cast<char>(number));
}

void AppendKey(uint32_t field, WireType type, std::string* bytes) {
  AppendVarint(field << 3 | type, bytes);
}

}  // namespace

void ProtobufMessage::Number(uint32_t field, uint64_t number) {
  if (number == 0) return;
  AppendKey(field, kVarint, &bytes_);
  AppendVarint(number, &bytes_);
}

void ProtobufMessage::Bytes(uint32_t field, absl::string_view bytes) {
  AppendKey(field, kLengthDelimited, &bytes_);
  AppendVarint(bytes.size(), &bytes_);
  bytes_.append(bytes.data(), bytes.size());
}

void ProtobufMessage::Numbers(uint32_t field,
                              absl::Span<const uint64_t> numbers) {
  std::string packed;
  for (const uint64_t number : numbers) AppendVarint(number, &packed);
  Bytes(field, packed);
}

}  // namespace heapgrind

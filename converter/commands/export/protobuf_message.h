// Writes a message of Protocol Buffers, as its wire format has it
// (protobuf.dev/programming-guides/encoding).
//
// A message is a row of fields, each a key and a value.  The key is the field's
// number, which the message's definition gives, and how the value is written: a
// number in groups of seven bits, or a length and so many bytes.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_EXPORT_PROTOBUF_MESSAGE_H_
#define HEAPGRIND_CONVERTER_COMMANDS_EXPORT_PROTOBUF_MESSAGE_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace heapgrind {

class ProtobufMessage {
 public:
  // Each appends a field.  A number that is 0, which readers take for granted,
  // is left out.
  void Number(uint32_t field, uint64_t number);
  void Bytes(uint32_t field, absl::string_view bytes);
  void Message(uint32_t field, const ProtobufMessage& message) {
    Bytes(field, message.bytes());
  }
  // Several numbers of one field ("packed").
  void Numbers(uint32_t field, absl::Span<const uint64_t> numbers);

  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_EXPORT_PROTOBUF_MESSAGE_H_

// How a line of JSON that was begun can be ended.

#ifndef HEAPGRIND_SCANNER_OUTPUT_OPEN_JSON_H_
#define HEAPGRIND_SCANNER_OUTPUT_OPEN_JSON_H_

#include <cstddef>
#include <string_view>

namespace heapgrind {

class OpenJson {
 public:
  // Reads on.  The text may end anywhere but within a number, a key or an
  // escape.
  void Read(std::string_view text) {
    for (const char byte : text) ReadByte(byte);
  }

  // What ends the line that was read so far, with its line feed: a string's
  // end, `null` for a value that is missing, brackets; nothing if it has ended.
  // At most kMostEnd bytes to `end`; returns their number.
  static constexpr size_t kMostEnd = 16;
  size_t End(char* end) const {
    if (last_ == '\n') return 0;
    size_t length = 0;
    if (in_string_) end[length++] = '"';
    if (!in_string_ && (last_ == ':' || last_ == ',')) {
      for (const char byte : {'n', 'u', 'l', 'l'}) end[length++] = byte;
    }
    for (size_t i = depth_; i > 0; --i) end[length++] = closers_[i - 1];
    end[length++] = '\n';
    return length;
  }

 private:
  static constexpr size_t kDeepest = 4;  // Records are two deep.

  void ReadByte(char byte) {
    if (in_string_) return ReadInString(byte);
    if (byte == ' ') return;
    last_ = byte;
    if (byte == '\n') depth_ = 0;
    if (byte == '"') in_string_ = true;
    if (byte == '{' || byte == '[') Open(byte == '{' ? '}' : ']');
    if ((byte == '}' || byte == ']') && depth_ > 0) --depth_;
  }

  void ReadInString(char byte) {
    if (is_escaped_) {
      is_escaped_ = false;
    } else if (byte == '\\') {
      is_escaped_ = true;
    } else if (byte == '"') {
      in_string_ = false;
    }
  }

  void Open(char closer) {
    if (depth_ < kDeepest) closers_[depth_++] = closer;
  }

  bool in_string_ = false;
  bool is_escaped_ = false;
  char last_ = 0;  // Outside of strings, without spaces.
  size_t depth_ = 0;
  char closers_[kDeepest] = {};
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_OUTPUT_OPEN_JSON_H_

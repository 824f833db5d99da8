#include "converter/json/json_writer.h"

#include "converter/base/utf8.h"
#include "converter/base/visible_text.h"

namespace heapgrind {

void JsonWriter::Open(std::string_view key) {
  Text(key);
  Open();
}

void JsonWriter::OpenArray(std::string_view key) {
  Text(key);
  OpenArray();
}

void JsonWriter::Text(std::string_view text) {
  const std::string valid = ValidUtf8(text);
  yajl_gen_string(json_, reinterpret_cast<const unsigned char*>(valid.data()),
                  valid.size());
}

// yajl's own integers are signed.
void JsonWriter::Number(uint64_t number) {
  const std::string digits = std::to_string(number);
  yajl_gen_number(json_, digits.data(), digits.size());
}

void JsonWriter::Change(int64_t number) { yajl_gen_integer(json_, number); }

void JsonWriter::Text(std::string_view key, std::string_view text) {
  Text(key);
  Text(text);
}

void JsonWriter::Number(std::string_view key, uint64_t number) {
  Text(key);
  Number(number);
}

void JsonWriter::Change(std::string_view key, int64_t number) {
  Text(key);
  Change(number);
}

void JsonWriter::Flag(std::string_view key, bool flag) {
  Text(key);
  yajl_gen_bool(json_, flag);
}

void JsonWriter::Null(std::string_view key) {
  Text(key);
  Null();
}

size_t JsonWriter::size() const {
  const unsigned char* text = nullptr;
  size_t size = 0;
  yajl_gen_get_buf(json_, &text, &size);
  return size;
}

std::string JsonWriter::TakeLine() {
  const unsigned char* text = nullptr;
  size_t size = 0;
  yajl_gen_get_buf(json_, &text, &size);
  std::string line = VisibleJson({reinterpret_cast<const char*>(text), size});
  line += '\n';
  yajl_gen_clear(json_);
  yajl_gen_reset(json_, nullptr);
  return line;
}

}  // namespace heapgrind

// Writes one JSON object a line.

#ifndef HEAPGRIND_CONVERTER_JSON_JSON_WRITER_H_
#define HEAPGRIND_CONVERTER_JSON_JSON_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "yajl/yajl_gen.h"

namespace heapgrind {

// The caller opens and closes objects and arrays in their order, and gives each
// value in an object a key.  Text that is not UTF-8 gets U+FFFD in its place.
class JsonWriter {
 public:
  JsonWriter() : json_(yajl_gen_alloc(nullptr)) {}
  ~JsonWriter() { yajl_gen_free(json_); }
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  void Open() { yajl_gen_map_open(json_); }
  void Open(std::string_view key);
  void Close() { yajl_gen_map_close(json_); }
  void OpenArray() { yajl_gen_array_open(json_); }
  void OpenArray(std::string_view key);
  void CloseArray() { yajl_gen_array_close(json_); }

  // Elements of arrays.
  void Text(std::string_view text);
  void Number(uint64_t number);
  void Change(int64_t number);
  void Null() { yajl_gen_null(json_); }

  // Values of objects.
  void Text(std::string_view key, std::string_view text);
  void Number(std::string_view key, uint64_t number);
  void Change(std::string_view key, int64_t number);
  void Flag(std::string_view key, bool flag);
  void Null(std::string_view key);

  // The bytes of the line so far.
  size_t size() const;

  // The line since the last call, with a line feed.
  std::string TakeLine();

 private:
  const yajl_gen json_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_JSON_JSON_WRITER_H_

// Parses a line that is one JSON object, and puts the values of known keys
// where the caller wants them.
//
// The keys and the places for their values are bound once (json_field.h); each
// line then overwrites the places.  Keys may stand in any order.  A key that is
// not bound is ignored with whatever it holds, at any depth.  Of a repeated key
// the last one counts.  yajl decides what JSON is; it checks no UTF-8, so that
// bytes that are none come through.  Once the buffers have grown to what the
// lines need, parsing allocates nothing.

#ifndef HEAPGRIND_CONVERTER_JSON_JSON_LINE_PARSER_H_
#define HEAPGRIND_CONVERTER_JSON_JSON_LINE_PARSER_H_

#include <yajl/yajl_parse.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "converter/json/json_field.h"

namespace heapgrind {

// The value of a bound key is not of the type of its place, which it left
// empty.
struct MistypedField {
  size_t field;         // Index of the field.
  std::string message;  // "COLUMN: expected X in "KEY", got Y"
};

class JsonLineParser {
 public:
  explicit JsonLineParser(std::vector<JsonField> fields);
  ~JsonLineParser();
  JsonLineParser(const JsonLineParser&) = delete;
  JsonLineParser& operator=(const JsonLineParser&) = delete;

  // Parses a line (without newline) and fills the places; those whose key the
  // line does not have become 0, a view without data, or an empty list.
  //
  // Errors have messages "COLUMN: expected X, got Y" and leave the places
  // unspecified.  OutOfRange: the line is the front part of an object.
  // InvalidArgument: it is anything else than one object, or no JSON.  A value
  // of the wrong type is no error here: see mistyped().
  absl::Status Parse(absl::string_view line);

  const std::vector<JsonField>& fields() const { return fields_; }

  // What was mistyped in the line parsed last, at most once a key.
  const std::vector<MistypedField>& mistyped() const { return mistyped_; }

 private:
  friend struct YajlCallbacks;

  static constexpr size_t kNoField = static_cast<size_t>(-1);

  void StartLine(absl::string_view line);
  void Restart();
  absl::Status Finish(yajl_status result);
  absl::Status SyntaxError();

  // What yajl finds, in the order of the line.  They return whether to go on.
  bool OnKey(std::string_view key);
  bool OnNumber(std::string_view digits);
  bool OnString(std::string_view text);
  bool OnNull();
  bool OnBoolean();
  bool OnStart(bool is_array);
  bool OnEnd();

  bool IsInside();
  bool IsWanted() const;
  void Mistyped();
  std::string_view Keep(std::string_view text);
  size_t Consumed() const { return yajl_get_bytes_consumed(handle_); }

  std::vector<JsonField> fields_;
  std::vector<MistypedField> mistyped_;
  yajl_handle handle_ = nullptr;
  absl::string_view line_;
  std::string unescaped_;      // Strings of this line that have escapes.
  size_t current_ = kNoField;  // The field whose value comes.
  size_t next_ = 0;            // The field that most likely comes next.
  size_t depth_ = 0;           // Of objects and arrays.
  bool is_in_list_ = false;    // At depth 2, inside a list that is wanted.
  size_t record_end_ = 0;      // Where the object ended, once it has; else 0.
  absl::Status status_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_JSON_JSON_LINE_PARSER_H_

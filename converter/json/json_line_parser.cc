#include "converter/json/json_line_parser.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "converter/json/json_syntax_error.h"
#include "converter/json/json_tokens.h"

namespace heapgrind {

// yajl's C interface to the parser, which is its context.
struct YajlCallbacks {
  static JsonLineParser& Parser(void* context) {
    return *static_cast<JsonLineParser*>(context);
  }
  static std::string_view Text(const unsigned char* text, size_t size) {
    return {reinterpret_cast<const char*>(text), size};
  }
  static int Null(void* c) { return Parser(c).OnNull(); }
  static int Boolean(void* c, int) { return Parser(c).OnBoolean(); }
  static int Number(void* c, const char* digits, size_t size) {
    return Parser(c).OnNumber({digits, size});
  }
  static int String(void* c, const unsigned char* text, size_t size) {
    return Parser(c).OnString(Text(text, size));
  }
  static int StartMap(void* c) { return Parser(c).OnStart(false); }
  static int Key(void* c, const unsigned char* key, size_t size) {
    return Parser(c).OnKey(Text(key, size));
  }
  static int StartArray(void* c) { return Parser(c).OnStart(true); }
  static int End(void* c) { return Parser(c).OnEnd(); }

  static constexpr yajl_callbacks kTable = {
      Null,     Boolean, nullptr, nullptr,    Number, String,
      StartMap, Key,     End,     StartArray, End};
};

JsonLineParser::JsonLineParser(std::vector<JsonField> fields)
    : fields_(std::move(fields)) {
  for (const JsonField& field : fields_) ClearPlace(field);
  Restart();
}

JsonLineParser::~JsonLineParser() { yajl_free(handle_); }

// A handle parses line after line, until one is not complete.
void JsonLineParser::Restart() {
  if (handle_ != nullptr) yajl_free(handle_);
  handle_ = yajl_alloc(&YajlCallbacks::kTable, nullptr, this);
  yajl_config(handle_, yajl_dont_validate_strings, 1);
  yajl_config(handle_, yajl_allow_multiple_values, 1);
}

absl::Status JsonLineParser::Parse(absl::string_view line) {
  StartLine(line);
  yajl_status result =
      yajl_parse(handle_, reinterpret_cast<const unsigned char*>(line.data()),
                 line.size());
  if (result == yajl_status_ok && depth_ == 0 && record_end_ != line.size()) {
    // yajl may be waiting for the rest of a number or of a name such as true.
    result =
        yajl_parse(handle_, reinterpret_cast<const unsigned char*>("\n"), 1);
  }
  absl::Status status = Finish(result);
  if (!status.ok()) Restart();
  return status;
}

void JsonLineParser::StartLine(absl::string_view line) {
  line_ = line;
  for (JsonField& field : fields_) {
    if (!field.is_present) continue;
    ClearPlace(field);
    field.is_present = field.is_mistyped = false;
  }
  mistyped_.clear();
  unescaped_.clear();
  current_ = kNoField;
  next_ = 0;
  depth_ = 0;
  record_end_ = 0;
  is_in_list_ = false;
  status_ = absl::OkStatus();
}

absl::Status JsonLineParser::Finish(yajl_status result) {
  if (result == yajl_status_client_canceled) return status_;
  if (result != yajl_status_ok) return SyntaxError();
  if (record_end_ > 0) return absl::OkStatus();
  return absl::OutOfRangeError(absl::StrCat(
      line_.size() + 1,
      ": expected the rest of the record, got the end of the line"));
}

absl::Status JsonLineParser::SyntaxError() {
  if (!IsInside()) return status_;
  return JsonSyntaxError(handle_, line_);
}

// Whether the value that yajl reports belongs to the one object of the line; if
// not, that is the line's error.
bool JsonLineParser::IsInside() {
  if (depth_ > 0) return true;
  const size_t consumed = Consumed();
  const size_t last_byte = consumed == 0 ? 0 : consumed - 1;
  const absl::string_view token =
      TokenAt(line_, std::max(last_byte, record_end_));
  status_ = absl::InvalidArgumentError(absl::StrCat(
      token.data() - line_.data() + 1, ": expected ",
      record_end_ > 0 ? "the end of the line after the record" : "a record",
      ", got ", DescribeToken(token)));
  return false;
}

bool JsonLineParser::OnKey(std::string_view key) {
  current_ = kNoField;
  if (depth_ != 1) return true;
  key = Keep(key);
  for (size_t tries = 0; tries < fields_.size(); ++tries) {
    const size_t field = next_;
    next_ = next_ + 1 == fields_.size() ? 0 : next_ + 1;
    if (fields_[field].key != key) continue;
    current_ = field;
    if (fields_[field].is_present) ClearPlace(fields_[field]);
    fields_[field].is_present = true;
    break;
  }
  return true;
}

// Whether the value that yajl reports goes to a place: to that of a known key,
// or as an element into its list.
bool JsonLineParser::IsWanted() const {
  if (current_ == kNoField) return false;
  return is_in_list_ || depth_ == 1;
}

bool JsonLineParser::OnNumber(std::string_view digits) {
  if (!IsInside()) return false;
  if (!IsWanted()) return true;
  const JsonField& field = fields_[current_];
  if (IsList(field) != is_in_list_ || !PutNumber(field, digits)) Mistyped();
  return true;
}

bool JsonLineParser::OnString(std::string_view text) {
  if (!IsInside()) return false;
  if (!IsWanted()) return true;
  const JsonField& field = fields_[current_];
  if (IsList(field) != is_in_list_ || !PutText(field, Keep(text))) Mistyped();
  return true;
}

// yajl hands out a string without escapes where it stands in the line.  One
// with escapes is in a buffer that the next string overwrites: it is decoded
// again, see AppendUnescaped.  Views stay valid because the buffer never has to
// grow: all strings of a line together are not longer than the line.
std::string_view JsonLineParser::Keep(std::string_view text) {
  const std::less<const char*> is_before;
  if (text.empty()) return std::string_view(line_.data(), 0);
  if (!is_before(text.data(), line_.data()) &&
      is_before(text.data(), line_.data() + line_.size())) {
    return text;
  }
  // Before C++20, reserve may also shrink.
  if (unescaped_.capacity() < line_.size()) unescaped_.reserve(line_.size());
  const size_t start = unescaped_.size();
  AppendUnescaped(StringAtEnd(line_.substr(0, Consumed())), &unescaped_);
  return std::string_view(unescaped_).substr(start);
}

bool JsonLineParser::OnNull() {
  if (!IsInside()) return false;
  if (!IsWanted()) return true;
  if (!is_in_list_ || !PutText(fields_[current_], {})) Mistyped();
  return true;
}

bool JsonLineParser::OnBoolean() {
  if (!IsInside()) return false;
  if (IsWanted()) Mistyped();
  return true;
}

bool JsonLineParser::OnStart(bool is_array) {
  if (depth_ == 0 && (is_array || record_end_ > 0)) return IsInside();
  ++depth_;
  if (depth_ == 1 || current_ == kNoField) return true;
  if (depth_ == 2 && is_array && IsList(fields_[current_])) {
    is_in_list_ = true;
  } else if (depth_ == 2 || is_in_list_) {
    Mistyped();
    current_ = kNoField;
    is_in_list_ = false;
  }
  return true;
}

bool JsonLineParser::OnEnd() {
  --depth_;
  if (depth_ == 1) is_in_list_ = false;
  if (depth_ == 0) record_end_ = Consumed();
  return true;
}

// Notes that the token just read is no value for the current field.
void JsonLineParser::Mistyped() {
  JsonField& field = fields_[current_];
  if (field.is_mistyped) return;
  field.is_mistyped = true;
  const absl::string_view token = TokenAt(line_, Consumed() - 1);
  const bool is_list = IsList(field) && !is_in_list_;
  mistyped_.push_back(
      {current_,
       absl::StrCat(token.data() - line_.data() + 1, ": expected ",
                    is_list ? "a list, each " : "",
                    std::string(ExpectedValue(field)), " in \"",
                    std::string(field.key), "\", got ", DescribeToken(token))});
}

}  // namespace heapgrind

#include "converter/json/json_value.h"

#include <yajl/yajl_parse.h>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "converter/json/json_syntax_error.h"

namespace heapgrind {
namespace {

class ValueBuilder {
 public:
  bool Add(JsonValue value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return true;
    }
    JsonValue& owner = open_.back().value;
    if (owner.kind == JsonValue::Kind::kObject) {
      owner.members.emplace_back(std::move(open_.back().key), std::move(value));
      open_.back().key.clear();
    } else {
      owner.elements.push_back(std::move(value));
    }
    return true;
  }

  bool Open(JsonValue::Kind kind) {
    if (open_.size() == JsonValue::kMaxDepth) {
      is_too_deep_ = true;
      return false;
    }
    open_.emplace_back();
    open_.back().value.kind = kind;
    return true;
  }

  bool Close() {
    JsonValue value = std::move(open_.back().value);
    open_.pop_back();
    return Add(std::move(value));
  }

  bool SetKey(std::string key) {
    open_.back().key = std::move(key);
    return true;
  }

  bool is_too_deep() const { return is_too_deep_; }
  JsonValue TakeRoot() { return std::move(root_); }

 private:
  struct OpenValue {
    JsonValue value;
    std::string key;  // Of the next member.
  };

  JsonValue root_;
  std::vector<OpenValue> open_;  // The outermost first.
  bool is_too_deep_ = false;
};

ValueBuilder* Builder(void* context) {
  return static_cast<ValueBuilder*>(context);
}

std::string TextOf(const unsigned char* text, size_t size) {
  return std::string(reinterpret_cast<const char*>(text), size);
}

int OnNull(void* context) { return Builder(context)->Add({}); }

int OnFlag(void* context, int flag) {
  JsonValue value;
  value.kind = JsonValue::Kind::kFlag;
  value.flag = flag != 0;
  return Builder(context)->Add(std::move(value));
}

int OnNumber(void* context, const char* text, size_t size) {
  absl::string_view digits(text, size);
  JsonValue value;
  value.kind = JsonValue::Kind::kNumber;
  value.is_negative = digits[0] == '-';
  if (value.is_negative) digits.remove_prefix(1);
  if (!absl::SimpleAtoi(digits, &value.number)) value.number = 0;
  return Builder(context)->Add(std::move(value));
}

int OnText(void* context, const unsigned char* text, size_t size) {
  JsonValue value;
  value.kind = JsonValue::Kind::kText;
  value.text = TextOf(text, size);
  return Builder(context)->Add(std::move(value));
}

int OnObject(void* context) {
  return Builder(context)->Open(JsonValue::Kind::kObject);
}

int OnKey(void* context, const unsigned char* text, size_t size) {
  return Builder(context)->SetKey(TextOf(text, size));
}

int OnArray(void* context) {
  return Builder(context)->Open(JsonValue::Kind::kArray);
}

int OnEnd(void* context) { return Builder(context)->Close(); }

constexpr yajl_callbacks kCallbacks = {OnNull,   OnFlag,  nullptr,  nullptr,
                                       OnNumber, OnText,  OnObject, OnKey,
                                       OnEnd,    OnArray, OnEnd};

}  // namespace

const JsonValue& JsonValue::operator[](std::string_view key) const {
  static const auto* const kNone = new JsonValue;
  for (const auto& [name, value] : members) {
    if (name == key) return value;
  }
  return *kNone;
}

absl::StatusOr<JsonValue> ParseJson(absl::string_view text) {
  ValueBuilder builder;
  const yajl_handle parser = yajl_alloc(&kCallbacks, nullptr, &builder);
  yajl_config(parser, yajl_dont_validate_strings, 1);
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  yajl_status status = yajl_parse(parser, bytes, text.size());
  const bool is_begun = status == yajl_status_ok;
  if (is_begun) status = yajl_complete_parse(parser);
  absl::StatusOr<JsonValue> result;
  if (status == yajl_status_ok) {
    result = builder.TakeRoot();
  } else if (builder.is_too_deep()) {
    result = absl::InvalidArgumentError(absl::StrCat(
        yajl_get_bytes_consumed(parser) + 1, ": expected values nested up to ",
        JsonValue::kMaxDepth, " deep, got deeper ones"));
  } else if (is_begun) {
    result = absl::InvalidArgumentError(absl::StrCat(
        text.size() + 1, ": expected more JSON, got the end of the text"));
  } else {
    result = JsonSyntaxError(parser, text);
  }
  yajl_free(parser);
  return result;
}

}  // namespace heapgrind

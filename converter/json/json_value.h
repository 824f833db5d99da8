// Any JSON text as a value in memory, for texts that are not large.

#ifndef HEAPGRIND_CONVERTER_JSON_JSON_VALUE_H_
#define HEAPGRIND_CONVERTER_JSON_JSON_VALUE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace heapgrind {

struct JsonValue {
  // Nested deeper than this, a text is refused.
  static constexpr size_t kMaxDepth = 64;

  enum class Kind { kNull, kFlag, kNumber, kText, kArray, kObject };

  Kind kind = Kind::kNull;
  bool flag = false;
  // Whole, without its sign.  Fractions, and what has no room, are 0.
  uint64_t number = 0;
  bool is_negative = false;
  std::string text;
  std::vector<JsonValue> elements;
  std::vector<std::pair<std::string, JsonValue>> members;

  // The member `key` of an object; a null for everything else.  Linear in the
  // members.
  const JsonValue& operator[](std::string_view key) const;

  bool is_null() const { return kind == Kind::kNull; }
};

// InvalidArgument, "COLUMN: expected X, got Y", for what is no JSON or nested
// too deeply.
absl::StatusOr<JsonValue> ParseJson(absl::string_view text);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_JSON_JSON_VALUE_H_

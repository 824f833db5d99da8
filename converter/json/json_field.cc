#include "converter/json/json_field.h"

#include <charconv>
#include <system_error>

namespace heapgrind {
namespace {

constexpr std::string_view kWholeNumber = "a whole number from 0 to 2^64-1";

// In the order of the alternatives of JsonPlace.
constexpr std::string_view kExpectedValues[] = {
    kWholeNumber, "a string", "a string or a number", kWholeNumber,
    "a string or null"};

struct Clear {
  void operator()(uint64_t* number) const { *number = 0; }
  void operator()(std::string_view* text) const { *text = {}; }
  void operator()(TextOrNumber text) const { *text.text = {}; }
  void operator()(std::vector<uint64_t>* numbers) const { numbers->clear(); }
  void operator()(std::vector<std::string_view>* texts) const {
    texts->clear();
  }
};

bool ParseNumber(std::string_view digits, uint64_t* number) {
  const char* const end = digits.data() + digits.size();
  uint64_t parsed;
  const auto [stop, error] = std::from_chars(digits.data(), end, parsed);
  if (error != std::errc() || stop != end) return false;
  *number = parsed;
  return true;
}

}  // namespace

void ClearPlace(const JsonField& field) { std::visit(Clear(), field.place); }

bool IsList(const JsonField& field) {
  return std::holds_alternative<std::vector<uint64_t>*>(field.place) ||
         std::holds_alternative<std::vector<std::string_view>*>(field.place);
}

std::string_view ExpectedValue(const JsonField& field) {
  return kExpectedValues[field.place.index()];
}

bool PutNumber(const JsonField& field, std::string_view digits) {
  if (auto* const numbers = std::get_if<std::vector<uint64_t>*>(&field.place)) {
    uint64_t number;
    if (!ParseNumber(digits, &number)) return false;
    (*numbers)->push_back(number);
    return true;
  }
  if (auto* const number = std::get_if<uint64_t*>(&field.place)) {
    return ParseNumber(digits, *number);
  }
  auto* const text = std::get_if<TextOrNumber>(&field.place);
  if (text != nullptr) *text->text = digits;
  return text != nullptr;
}

bool PutText(const JsonField& field, std::string_view text) {
  if (auto* const texts =
          std::get_if<std::vector<std::string_view>*>(&field.place)) {
    (*texts)->push_back(text);
    return true;
  }
  if (text.data() == nullptr) return false;
  if (auto* const place = std::get_if<std::string_view*>(&field.place)) {
    **place = text;
    return true;
  }
  auto* const place = std::get_if<TextOrNumber>(&field.place);
  if (place != nullptr) *place->text = text;
  return place != nullptr;
}

}  // namespace heapgrind

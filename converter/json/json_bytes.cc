#include "converter/json/json_bytes.h"

#include <endian.h>

#include <cstddef>
#include <cstring>

namespace heapgrind {
namespace {

constexpr uint64_t kOnes = 0x0101010101010101;  // 1 in each byte.
constexpr uint64_t kHighs = 0x8080808080808080;
constexpr size_t kMaxDigits = 19;  // What surely is below 2^64.
constexpr uint64_t kPowersOf10[] = {1,      10,      100,      1000,     10000,
                                    100000, 1000000, 10000000, 100000000};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

uint64_t Word(const char* bytes) {
  uint64_t word;
  std::memcpy(&word, bytes, sizeof(word));
  return le64toh(word);
}

// A high bit at least in the first byte of `values` that is above 9, and none
// before.
uint64_t NoDigitMarks(uint64_t values) {
  return ((values + (128 - 10) * kOnes) | values) & kHighs;
}

// The number that eight values of digits make: pairs, then fours, then all
// eight are joined by one multiplication each.
uint64_t JoinDigits(uint64_t values) {
  uint64_t word = values * 10 + (values >> 8);
  constexpr uint64_t kPairs = 0x000000FF000000FF;
  return ((word & kPairs) * (100 + (1000000ull << 32)) +
          ((word >> 16) & kPairs) * (1 + (10000ull << 32))) >>
         32;
}

// A high bit at least in the first byte that ends plain text, and none before.
uint64_t EndMarks(uint64_t word) {
  const auto zeros = [](uint64_t bytes) { return (bytes - kOnes) & ~bytes; };
  const uint64_t controls = (word - 32 * kOnes) & ~word;
  return (zeros(word ^ ('"' * kOnes)) | zeros(word ^ ('\\' * kOnes)) |
          controls) &
         kHighs;
}

bool IsEndOfPlainText(char c) {
  return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 32;
}

const char* EndOfDigits(const char* begin, const char* end) {
  while (begin != end && IsDigit(*begin)) ++begin;
  return begin;
}

}  // namespace

const char* ReadWholeNumber(const char* begin, const char* end,
                            uint64_t* number) {
  uint64_t value = 0;
  size_t num_digits = 0;
  size_t num_in_word = 8;
  const size_t size = static_cast<size_t>(end - begin);
  while (num_in_word == 8 && num_digits <= 16 && size >= num_digits + 8) {
    const uint64_t values = Word(begin + num_digits) ^ '0' * kOnes;
    const uint64_t marks = NoDigitMarks(values);
    num_in_word = marks == 0 ? 8 : __builtin_ctzll(marks) / 8;
    if (num_in_word == 0) break;
    // Moves what are no digits out, and zeros in before the others.
    value = value * kPowersOf10[num_in_word] +
            JoinDigits(values << 8 * (8 - num_in_word));
    num_digits += num_in_word;
  }
  const char* at = begin + num_digits;
  // At the end of the text there is no whole word.
  for (; num_in_word == 8 && at != end && IsDigit(*at); ++at) {
    value = 10 * value + static_cast<uint64_t>(*at - '0');
    if (++num_digits > kMaxDigits) return nullptr;
  }
  const bool is_whole = num_digits > 0 && num_digits <= kMaxDigits &&
                        (*begin != '0' || num_digits == 1);
  if (!is_whole) return nullptr;
  *number = value;
  return at;
}

const char* EndOfNumber(const char* begin, const char* end) {
  const char* at = begin;
  if (at != end && *at == '-') ++at;
  const char* const whole = at;
  at = EndOfDigits(at, end);
  if (at == whole || (*whole == '0' && at != whole + 1)) return nullptr;
  if (at != end && *at == '.') {
    const char* const fraction = at + 1;
    at = EndOfDigits(fraction, end);
    if (at == fraction) return nullptr;
  }
  if (at != end && (*at == 'e' || *at == 'E')) {
    ++at;
    if (at != end && (*at == '+' || *at == '-')) ++at;
    const char* const exponent = at;
    at = EndOfDigits(exponent, end);
    if (at == exponent) return nullptr;
  }
  return at;
}

const char* EndOfPlainText(const char* begin, const char* end) {
  for (; end - begin >= 8; begin += 8) {
    const uint64_t marks = EndMarks(Word(begin));
    if (marks != 0) return begin + __builtin_ctzll(marks) / 8;
  }
  while (begin != end && !IsEndOfPlainText(*begin)) ++begin;
  return begin;
}

}  // namespace heapgrind

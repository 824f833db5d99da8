#include "converter/json_bytes.h"

#include <endian.h>

#include <cstddef>
#include <cstring>

namespace heapgrind {
namespace {

constexpr uint64_t kOnes = 0x0101010101010101;  // 1 in each byte.
constexpr uint64_t kHighs = 0x8080808080808080;
constexpr size_t kMaxDigits = 19;  // What surely is below 2^64.

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

uint64_t Word(const char* bytes) {
  uint64_t word;
  std::memcpy(&word, bytes, sizeof(word));
  return le64toh(word);
}

// Whether all bytes of `word` are digits: the high half of each is 3, also
// after 6 is added.
bool AreDigits(uint64_t word) {
  constexpr uint64_t kHighHalves = 0xF0 * kOnes;
  return ((word & kHighHalves) | ((word + 6 * kOnes) & kHighHalves) >> 4) ==
         0x33 * kOnes;
}

// The value of eight digits: pairs, then fours, then all eight are joined by
// one multiplication each.
uint64_t ValueOfDigits(uint64_t word) {
  word -= 0x30 * kOnes;
  word = word * 10 + (word >> 8);
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
  if (begin == end || !IsDigit(*begin)) return nullptr;
  uint64_t value = 0;
  const char* at = begin;
  while (end - at >= 8 && at - begin < 16 && AreDigits(Word(at))) {
    value = value * 100000000 + ValueOfDigits(Word(at));
    at += 8;
  }
  for (; at != end && IsDigit(*at); ++at) {
    if (at - begin == kMaxDigits) return nullptr;
    value = 10 * value + static_cast<uint64_t>(*at - '0');
  }
  if (*begin == '0' && at != begin + 1) return nullptr;
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

#include "converter/base/cut_text.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "converter/base/abseil_view.h"

namespace heapgrind {
namespace {

// FNV-1a (Fowler, Noll and Vo), its upper bits folded into the lower 24.
uint32_t ShortHash(std::string_view text) {
  uint64_t hash = 0xCBF29CE484222325;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  }
  return static_cast<uint32_t>((hash ^ hash >> 24 ^ hash >> 48) & 0xFFFFFF);
}

bool IsInsideCharacter(std::string_view text, size_t i) {
  return (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80;
}

}  // namespace

std::string CutMiddle(std::string_view text, size_t limit) {
  if (text.size() <= limit) return std::string(text);
  size_t head = limit / 2;
  size_t tail = text.size() - limit / 2;
  while (head > 0 && IsInsideCharacter(text, head)) --head;
  while (tail < text.size() && IsInsideCharacter(text, tail)) ++tail;
  return absl::StrCat(View(text.substr(0, head)),
                      absl::StrFormat("...%06x...", ShortHash(text)),
                      View(text.substr(tail)));
}

}  // namespace heapgrind

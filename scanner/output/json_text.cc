#include "output/json_text.h"

namespace heapgrind {
namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

bool StandsAsItIs(uint32_t character) {
  return character >= 0x20 && character < 0x7f && character != '"' &&
         character != '\\';
}

void WriteEscape(uint32_t character, Output* output) {
  const char escape[] = {'\\',
                         'u',
                         kHexDigits[character >> 12 & 15],
                         kHexDigits[character >> 8 & 15],
                         kHexDigits[character >> 4 & 15],
                         kHexDigits[character & 15]};
  output->Text(std::string_view(escape, sizeof escape));
}

void WriteShortEscape(char letter, Output* output) {
  output->Byte('\\');
  output->Byte(letter);
}

void WriteAsUtf8(uint32_t character, Output* output) {
  if (character >= 0x10000) {
    output->Byte(static_cast<char>(0xf0 | character >> 18));
    output->Byte(static_cast<char>(0x80 | (character >> 12 & 0x3f)));
  } else if (character >= 0x800) {
    output->Byte(static_cast<char>(0xe0 | character >> 12));
  }
  if (character >= 0x800) {
    output->Byte(static_cast<char>(0x80 | (character >> 6 & 0x3f)));
  } else {
    output->Byte(static_cast<char>(0xc0 | character >> 6));
  }
  output->Byte(static_cast<char>(0x80 | (character & 0x3f)));
}

void WriteCharacter(uint32_t character, Output* output) {
  if (StandsAsItIs(character))
    return output->Byte(static_cast<char>(character));
  switch (character) {
    case '"':
    case '\\':
      return WriteShortEscape(static_cast<char>(character), output);
    case '\n':
      return WriteShortEscape('n', output);
    case '\r':
      return WriteShortEscape('r', output);
    case '\t':
      return WriteShortEscape('t', output);
  }
  if (character < 0x20 || character == 0x7f) {
    return WriteEscape(character, output);
  }
  if (character >= 0xd800 && character < 0xe000) {
    return WriteEscape(character, output);
  }
  WriteAsUtf8(character > 0x10ffff ? 0xfffd : character, output);
}

template <typename Character>
void WriteAll(const Character* start, size_t length, Output* output) {
  for (size_t i = 0; i < length; ++i) WriteCharacter(start[i], output);
}

// Writes the characters up to the first that does not stand as it is.  Returns
// their number.
size_t WritePlain(const uint8_t* start, size_t length, Output* output) {
  size_t plain = 0;
  while (plain < length && StandsAsItIs(start[plain])) ++plain;
  output->Text({reinterpret_cast<const char*>(start), plain});
  return plain;
}

void WriteBytes(const uint8_t* start, size_t length, Output* output) {
  const size_t plain = WritePlain(start, length, output);
  WriteAll(start + plain, length - plain, output);
}

// Length of the UTF-8 sequence that begins at `bytes`, of which `left` are
// there, and its character; 0 if that is no UTF-8.  The Unicode Standard 15.0,
// table 3-7.  Surrogates are taken: CPython writes them so ("surrogatepass").
int DecodeUtf8(const uint8_t* bytes, size_t left, uint32_t* character) {
  const uint8_t first = bytes[0];
  const int length = first < 0x80    ? 1
                     : first < 0xc2  ? 0
                     : first < 0xe0  ? 2
                     : first < 0xf0  ? 3
                     : first <= 0xf4 ? 4
                                     : 0;
  if (length == 0 || left < static_cast<size_t>(length)) return 0;
  uint32_t value = length == 1 ? first : first & (0x7f >> length);
  for (int i = 1; i < length; ++i) {
    if ((bytes[i] & 0xc0) != 0x80) return 0;
    value = value << 6 | (bytes[i] & 0x3f);
  }
  const bool is_too_long =
      (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (is_too_long || value > 0x10ffff) return 0;
  *character = value;
  return length;
}

}  // namespace

void WriteCharacters(Characters characters, Output* output,
                     std::string_view prefix) {
  output->Byte('"');
  output->Text(prefix);
  switch (characters.width) {
    case 1:
      WriteBytes(static_cast<const uint8_t*>(characters.start),
                 characters.length, output);
      break;
    case 2:
      WriteAll(static_cast<const uint16_t*>(characters.start),
               characters.length, output);
      break;
    case 4:
      WriteAll(static_cast<const uint32_t*>(characters.start),
               characters.length, output);
      break;
  }
  output->Byte('"');
}

void WriteUtf8(std::string_view utf8, Output* output, std::string_view prefix) {
  output->Byte('"');
  output->Text(prefix);
  const uint8_t* bytes = reinterpret_cast<const uint8_t*>(utf8.data());
  for (size_t i = WritePlain(bytes, utf8.size(), output); i < utf8.size();) {
    uint32_t character = bytes[i];
    const int length = DecodeUtf8(bytes + i, utf8.size() - i, &character);
    WriteCharacter(character, output);
    i += length == 0 ? 1 : length;
  }
  output->Byte('"');
}

}  // namespace heapgrind

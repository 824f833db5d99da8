// Numbers and plain strings in JSON text, eight bytes at a time where that
// pays.
//
// Eight bytes in a 64-bit word are examined and computed with together ("SIMD
// within a register"; Mycroft's test for a zero byte, in Warren, Hacker's
// Delight, 2013, section 6-1).  The bytes are put together in the order of the
// memory, so that the arithmetic is that of a little-endian machine on any.

#ifndef HEAPGRIND_CONVERTER_JSON_JSON_BYTES_H_
#define HEAPGRIND_CONVERTER_JSON_JSON_BYTES_H_

#include <cstdint>

namespace heapgrind {

// Reads the digits that begin at `begin`.  Returns where they end, or null if
// there are none, if they begin with a zero that is not the only one, or if
// they are more than 19 (2^64 has 20).
const char* ReadWholeNumber(const char* begin, const char* end,
                            uint64_t* number);

// The end of the JSON number that begins at `begin`, with sign, fraction and
// exponent (RFC 8259, 2017, section 6), or null if there is none.
const char* EndOfNumber(const char* begin, const char* end);

// The first byte from `begin` on that is a quote, a backslash or a control
// character below 32; `end` if there is none.
const char* EndOfPlainText(const char* begin, const char* end);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_JSON_JSON_BYTES_H_

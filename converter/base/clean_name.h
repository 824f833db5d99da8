// Makes any text a name that every reader of callgrind files accepts.
//
// KCachegrind 22.12 loops for ever on NUL, and its Call Graph breaks on a quote
// or a backslash; line breaks and control characters break the file; blanks at
// the ends get lost.

#ifndef HEAPGRIND_CONVERTER_BASE_CLEAN_NAME_H_
#define HEAPGRIND_CONVERTER_BASE_CLEAN_NAME_H_

#include <string>
#include <string_view>

namespace heapgrind {

// `text` as valid UTF-8 without hidden characters (visible_text.h), quotes,
// backslashes and outer blanks: `"` becomes `'`, `\` becomes `/`, a control
// character or a byte that is not UTF-8 (a surrogate, for one) becomes `?`,
// another hidden character its number.  An empty text becomes "?".
std::string CleanName(std::string_view text);

// A clean name in ASCII: any other character becomes its number, <U+00E9>.
std::string AsciiName(std::string_view clean_name);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_BASE_CLEAN_NAME_H_

// Texts of a dump as a report has them: clean, and of bounded length, because a
// dump's names may be as long as it likes.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_REPORT_REPORT_NAMES_H_
#define HEAPGRIND_CONVERTER_COMMANDS_REPORT_REPORT_NAMES_H_

#include <string>
#include <string_view>

#include "converter/base/clean_name.h"
#include "converter/base/cut_text.h"

namespace heapgrind {

// Of at most 1000 bytes before hidden characters are spelled out.
inline std::string ReportName(std::string_view text) {
  return CleanName(CutMiddle(text, 1000));
}

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_REPORT_REPORT_NAMES_H_

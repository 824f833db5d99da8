#include "converter/cli/messages.h"

#include <cstdio>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "converter/base/visible_text.h"

namespace heapgrind {

std::string MessageText(absl::string_view program, absl::string_view text) {
  std::string message;
  for (const absl::string_view line : absl::StrSplit(text, kBeforeHint)) {
    absl::StrAppend(&message, message.empty() ? "" : kBeforeHint,
                    VisibleText({line.data(), line.size()}));
  }
  return absl::StrReplaceAll(message, {{kThisProgram, program}});
}

void Say(absl::string_view program, absl::string_view text) {
  const std::string line =
      absl::StrCat(program, ": ", MessageText(program, text), "\n");
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace heapgrind

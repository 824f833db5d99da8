#include "converter/say.h"

#include <cstdio>
#include <string>

#include "absl/strings/str_cat.h"

namespace heapgrind {

void Say(absl::string_view program, absl::string_view text) {
  const std::string line = absl::StrCat(program, ": ", text, "\n");
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace heapgrind

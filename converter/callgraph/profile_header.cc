#include "converter/callgraph/profile_header.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "converter/base/clean_name.h"
#include "converter/dump/header_text.h"

namespace heapgrind {

CallgrindHeader MakeProfileHeader(const DumpHeader& header,
                                  absl::string_view dump_name) {
  CallgrindHeader result;
  result.pid = std::max<uint64_t>(header.pid, 1);
  const std::string command = CommandOf(header);
  result.command =
      CleanName(command.empty() ? std::string(dump_name) : command);
  result.description = header.heapgrind == 0
                           ? "heap dump of Meliae"
                           : absl::StrCat("heap of ", UtcText(header.time),
                                          ", Python ", CleanName(header.python),
                                          ", resident ", header.rss, " bytes");
  return result;
}

}  // namespace heapgrind

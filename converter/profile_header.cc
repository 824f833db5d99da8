#include "converter/profile_header.h"

#include <algorithm>
#include <ctime>
#include <string>

#include "absl/strings/str_cat.h"
#include "converter/clean_name.h"

namespace heapgrind {
namespace {

std::string UtcText(uint64_t seconds) {
  const std::time_t time = static_cast<std::time_t>(seconds);
  std::tm parts;
  char text[64];
  if (gmtime_r(&time, &parts) == nullptr) return absl::StrCat(seconds);
  std::strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S UTC", &parts);
  return text;
}

std::string CommandOf(const DumpHeader& header) {
  const size_t slash = header.executable.rfind('/');
  std::string command = slash == std::string::npos
                            ? header.executable
                            : header.executable.substr(slash + 1);
  for (const std::string& word : header.argv) {
    absl::StrAppend(&command, command.empty() ? "" : " ", word);
  }
  return command;
}

}  // namespace

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

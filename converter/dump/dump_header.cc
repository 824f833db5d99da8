#include "converter/dump/dump_header.h"

#include <ctime>

#include "absl/strings/str_cat.h"

namespace heapgrind {

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

}  // namespace heapgrind

#include "converter/dump/dump_header_parser.h"

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "converter/json/json_line_parser.h"
#include "converter/json/json_tokens.h"

namespace heapgrind {
namespace {

absl::Status CheckVersion(absl::string_view line, uint64_t version) {
  if (version >= 1 && version <= kDumpFormatVersion) return absl::OkStatus();
  const size_t key = line.find("\"heapgrind\"");
  const size_t column = key == line.npos ? line.find('{') + 1 : key + 1;
  return absl::InvalidArgumentError(
      absl::StrCat(column, ": expected a dump of format 1 or ",
                   kDumpFormatVersion, ", got ", version));
}

}  // namespace

absl::StatusOr<DumpHeader> ParseDumpHeader(absl::string_view line) {
  DumpHeader header;
  std::string_view scanner, python, executable;
  std::vector<std::string_view> argv;
  JsonLineParser parser({{"heapgrind", &header.heapgrind},
                         {"scanner", &scanner},
                         {"python", &python},
                         {"pid", &header.pid},
                         {"argv", &argv},
                         {"executable", &executable},
                         {"time", &header.time},
                         {"rss", &header.rss},
                         {"swap", &header.swap},
                         {"pointer_size", &header.pointer_size},
                         {"pymalloc_arenas", &header.pymalloc_arenas},
                         {"pymalloc_used", &header.pymalloc_used},
                         {"pymalloc_free", &header.pymalloc_free},
                         {"malloc_used", &header.malloc_used},
                         {"malloc_free", &header.malloc_free},
                         {"malloc_mapped", &header.malloc_mapped}});
  if (absl::Status status = parser.Parse(line); !status.ok()) return status;
  if (!parser.mistyped().empty() && parser.mistyped().front().field == 0) {
    return absl::InvalidArgumentError(parser.mistyped().front().message);
  }
  if (absl::Status status = CheckVersion(line, header.heapgrind);
      !status.ok()) {
    return status;
  }
  if (!parser.mistyped().empty()) {
    return absl::InvalidArgumentError(parser.mistyped().front().message);
  }
  header.scanner = scanner;
  header.python = python;
  header.executable = executable;
  header.argv.assign(argv.begin(), argv.end());
  return header;
}

}  // namespace heapgrind

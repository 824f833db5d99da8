#include "converter/foreign_input.h"

#include "absl/strings/match.h"

namespace heapgrind {
namespace {

struct ForeignFormat {
  absl::string_view beginning;
  absl::string_view hint;
};

constexpr ForeignFormat kFormats[] = {
    {"{\"snapshot\":",
     "\nhint: this looks like a V8 heap snapshot; only dumps of Python "
     "processes "
     "can be read"},
    {"\xfd"
     "7zXZ",
     "\nhint: this is xz data; try xz -dc FILE | memdump2callgrind -"},
    {"BZh",
     "\nhint: this is bzip2 data; try bzip2 -dc FILE | memdump2callgrind -"},
    {"PK\x03\x04", "\nhint: this is a zip archive; unpack it first"},
    {"\x7f"
     "ELF",
     "\nhint: this is an ELF file (a program or a core file); a dump is made "
     "inside the process, with heapgrind.dump(FILE)"},
    {"# callgrind format",
     "\nhint: this is a file for KCachegrind already; try kcachegrind FILE"},
    {"\x80",
     "\nhint: this looks like a Python pickle; a dump is made with "
     "heapgrind.dump(FILE)"},
};

}  // namespace

absl::string_view HintAboutForeignInput(absl::string_view line) {
  for (const ForeignFormat& format : kFormats) {
    if (absl::StartsWith(line, format.beginning)) return format.hint;
  }
  return "";
}

}  // namespace heapgrind

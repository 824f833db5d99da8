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
     "\nhint: this is xz data; try xz -dc FILE | {program} -"},
    {"BZh", "\nhint: this is bzip2 data; try bzip2 -dc FILE | {program} -"},
    {"\x04\x22\x4d\x18",
     "\nhint: this is lz4 data; try lz4 -dc FILE | {program} -"},
    {"LZIP", "\nhint: this is lzip data; try lzip -dc FILE | {program} -"},
    {"\x1f\x9d", "\nhint: this is compress data; try zcat FILE | {program} -"},
    {"7z\xbc\xaf\x27\x1c",
     "\nhint: this is a 7z archive; try 7z e -so FILE | {program} -"},
    {"PK\x03\x04",
     "\nhint: this is a zip archive; try unzip -p FILE | {program} -"},
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

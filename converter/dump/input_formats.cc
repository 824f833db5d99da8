#include "converter/dump/input_formats.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/match.h"
#include "converter/dump/dump_lines.h"

namespace heapgrind {
namespace {

constexpr InputFormat kFormats[] = {
    {"heapgrind dump", "{\"heapgrind\":", ReadDumpLines},
    {"V8 heap snapshot", "{\"snapshot\":", nullptr,
     "\nhint: this looks like a V8 heap snapshot; only dumps of Python "
     "processes "
     "can be read"},
    {"xz data",
     "\xfd"
     "7zXZ",
     nullptr, "\nhint: this is xz data; try xz -dc FILE | {program} -"},
    {"bzip2 data", "BZh", nullptr,
     "\nhint: this is bzip2 data; try bzip2 -dc FILE | {program} -"},
    {"lz4 data", "\x04\x22\x4d\x18", nullptr,
     "\nhint: this is lz4 data; try lz4 -dc FILE | {program} -"},
    {"lzip data", "LZIP", nullptr,
     "\nhint: this is lzip data; try lzip -dc FILE | {program} -"},
    {"compress data", "\x1f\x9d", nullptr,
     "\nhint: this is compress data; try zcat FILE | {program} -"},
    {"7z archive", "7z\xbc\xaf\x27\x1c", nullptr,
     "\nhint: this is a 7z archive; try 7z e -so FILE | {program} -"},
    {"zip archive", "PK\x03\x04", nullptr,
     "\nhint: this is a zip archive; try unzip -p FILE | {program} -"},
    {"ELF file",
     "\x7f"
     "ELF",
     nullptr,
     "\nhint: this is an ELF file (a program or a core file); a dump is made "
     "inside the process, with heapgrind.dump(FILE)"},
    {"callgrind file", "# callgrind format", nullptr,
     "\nhint: this is a file for KCachegrind already; try kcachegrind FILE"},
    {"pickle", "\x80", nullptr,
     "\nhint: this looks like a Python pickle; a dump is made with "
     "heapgrind.dump(FILE)"},
    // It has no mark of its own, and may be wrapped in an array.
    {"Meliae dump", "", ReadDumpLines},
};

}  // namespace

absl::Span<const InputFormat> InputFormats() { return kFormats; }

const InputFormat& FindInputFormat(absl::string_view beginning) {
  // The last row takes everything.
  return *std::find_if(std::begin(kFormats), std::end(kFormats),
                       [beginning](const InputFormat& format) {
                         return absl::StartsWith(beginning, format.beginning);
                       });
}

}  // namespace heapgrind

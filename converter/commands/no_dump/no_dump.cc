#include "converter/commands/no_dump/no_dump.h"

#include <sys/utsname.h>

#include <cstdio>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "converter/cli/messages.h"

namespace heapgrind {
namespace {

constexpr char kInside[] =
    "from inside, heapgrind.dump(), heapgrind run and heapgrind hook do";

std::string Machine() {
  utsname machine;
  return uname(&machine) == 0 ? machine.machine : "another";
}

}  // namespace

int RunNoDump(int argc, char** argv) {
  const std::string_view word = argc < 2 ? "" : argv[1];
  if (word == "--help" || word == "-h") {
    std::printf(
        "usage: heapgrind dump\n\n"
        "On this machine it dumps nothing: from outside, processes are dumped\n"
        "on x86-64 alone; %s.\n",
        kInside);
    return 0;
  }
  Say("heapgrind dump", absl::StrCat("expected a machine of x86-64, got ",
                                     Machine(), kBeforeHint, kInside));
  return 1;
}

}  // namespace heapgrind

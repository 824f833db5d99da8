#include "converter/cli/exit_status.h"

#include <csignal>

#include "converter/cli/messages.h"

namespace heapgrind {
namespace {

int EndByClosedPipe() {
  std::signal(SIGPIPE, SIG_DFL);
  std::raise(SIGPIPE);
  return 128 + SIGPIPE;  // The signal was blocked.
}

}  // namespace

int ExitStatus(absl::string_view program, const absl::Status& status) {
  if (status.ok()) return 0;
  if (absl::IsCancelled(status)) return EndByClosedPipe();
  Say(program, status.message());
  return absl::IsFailedPrecondition(status) ? 2 : 1;
}

}  // namespace heapgrind

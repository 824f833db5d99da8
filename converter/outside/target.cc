#include "converter/outside/target.h"

#include <sys/ptrace.h>

#include <utility>

#include "converter/outside/refusal.h"
#include "converter/outside/refusals.h"

namespace heapgrind {
namespace {

absl::Status CheckForCalls(const Target& target) {
  if (target.status.has_shadow_stack) {
    return Refusal(
        "expected a process without a shadow stack (x86 CET), which forbids to "
        "lead a thread to a system call");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Target> InspectTarget(pid_t pid, const BlobStore& blobs) {
  absl::StatusOr<ProcessFiles> files = ProcessFiles::Open(pid);
  if (!files.ok()) return files.status();
  Target target(*std::move(files));
  target.status = ParseStatus(target.files.Read("status"));
  absl::Status status = CheckProcess(target.files, target.status);
  if (status.ok()) status = CheckForCalls(target);
  if (!status.ok()) return status;
  target.trace_options = PTRACE_O_TRACESYSGOOD;
  if (HasSeccomp(target.files)) {
    target.trace_options |= PTRACE_O_SUSPEND_SECCOMP;
  }
  const MemoryMap map = ParseMaps(target.files.Read("maps"));
  const RemoteMemory memory(pid);
  target.process.program = target.files.ReadLink("exe");
  target.process.images = FindImages(map, memory);
  absl::StatusOr<PythonVersion> python =
      FindPython(target.process.images, memory);
  if (!python.ok()) return python.status();
  target.process.python = *std::move(python);
  target.base = ChooseBase(map);
  absl::StatusOr<RelocatedBlob> blob =
      LoadBlob(blobs, target.base, target.process, memory);
  if (!blob.ok()) return blob.status();
  target.blob = *std::move(blob);
  status = CheckMemory(target.files, target.status, map);
  if (!status.ok()) return status;
  const absl::StatusOr<CallCode> code = FindCallCode(map, memory);
  if (!code.ok()) return code.status();
  target.code = *code;
  return target;
}

}  // namespace heapgrind

#include "converter/core/revived_process.h"

#include <fcntl.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <memory>

#include "absl/strings/str_cat.h"
#include "converter/core/confinement.h"
#include "converter/outside/process_files.h"
#include "converter/outside/refusal.h"
#include "converter/outside/remote_memory.h"

// The code with which the child makes its first calls; it has ours.
extern "C" const char heapgrind_call_code[];
asm(".pushsection .text\n"
    "heapgrind_call_code: syscall\n"
    "ret\n"
    ".popsection\n");

namespace heapgrind {
namespace {

constexpr uint64_t kEndOfMemory = uint64_t{1} << 47;  // Of a process's.
constexpr size_t kPiece = 1 << 20;                    // Bytes, whole pages.
constexpr uint64_t kNobody = 65534;
constexpr char kCallCode[] = "\x0f\x05\xc3";  // syscall; ret
constexpr uint64_t kUnregister = 1;           // RSEQ_FLAG_UNREGISTER.

// Goes on only as a tracer makes it.
[[noreturn]] void WaitForTracer(pid_t tracer) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != tracer) _exit(1);
  for (;;) pause();
}

absl::Status Expected(const char* what, int error) {
  return Refusal(absl::StrCat("expected a process to ", what,
                              " for the core, "
                              "got \"",
                              std::strerror(error), "\""));
}

}  // namespace

absl::StatusOr<int64_t> RevivedProcess::Succeed(uint64_t number,
                                                CallArguments arguments,
                                                const char* what) {
  const absl::StatusOr<int64_t> result = Call(number, arguments);
  const bool is_error = result.ok() && *result < 0 && *result > -4096;
  return is_error ? Expected(what, static_cast<int>(-*result)) : result;
}

absl::Status RevivedProcess::Start(uint64_t base) {
  constexpr long kOptions = PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL;
  const pid_t tracer = getpid();
  pid_ = fork();
  if (pid_ == 0) WaitForTracer(tracer);
  if (pid_ < 0) return Expected("be made", errno);
  if (ptrace(PTRACE_SEIZE, pid_, nullptr, kOptions) != 0) {
    return Expected("be traced", errno);
  }
  ptrace(PTRACE_INTERRUPT, pid_, nullptr, nullptr);
  const absl::Status status = WaitForStart(PTRACE_O_TRACESYSGOOD);
  if (!status.ok()) return status;
  code_.call = reinterpret_cast<uint64_t>(heapgrind_call_code);
  scratch_ = base - 2 * kPage;
  return Empty(base - 3 * kPage);
}

absl::Status RevivedProcess::Empty(uint64_t kept) {
  const SequenceArea area = ReadSequenceArea(pid_);
  if (area.address != 0) {
    const absl::StatusOr<int64_t> result = Succeed(
        SYS_rseq, {area.address, area.size, kUnregister, area.signature},
        "leave its thread's area");
    if (!result.ok()) return result.status();
  }
  absl::StatusOr<int64_t> result = Succeed(
      SYS_mmap,
      {kept, 2 * kPage, PROT_READ | PROT_WRITE | PROT_EXEC,
       MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, ~uint64_t{0}, 0},
      "map memory");
  if (!result.ok()) return result.status();
  RemoteMemory(pid_).Write(kept, kCallCode, sizeof kCallCode);
  code_.call = kept;
  const absl::StatusOr<ProcessFiles> files = ProcessFiles::Open(pid_);
  if (!files.ok()) return files.status();
  for (const Mapping& mapping : ParseMaps(files->Read("maps"))) {
    if (mapping.start == kept || mapping.start >= kEndOfMemory) continue;
    result =
        Succeed(SYS_munmap, {mapping.start, mapping.size()}, "unmap memory");
    if (!result.ok()) return result.status();
  }
  return absl::OkStatus();
}

absl::Status RevivedProcess::Fill(const CoreBytes& bytes,
                                  const std::vector<CorePiece>& pieces) {
  const Descriptor memory(
      open(absl::StrCat("/proc/", pid_, "/mem").c_str(), O_RDWR | O_CLOEXEC));
  for (const CorePiece& piece : pieces) {
    const bool is_copied = piece.offset % kPage != 0;
    const int file = piece.file < 0 ? bytes.descriptor() : piece.file;
    absl::Status status = MapFile(piece, is_copied ? -1 : file);
    if (status.ok() && is_copied) {
      status = CopyPiece(bytes, piece, memory.get());
    }
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status RevivedProcess::MapFile(const CorePiece& piece, int file) {
  constexpr uint64_t kFlags = MAP_PRIVATE | MAP_FIXED_NOREPLACE | MAP_NORESERVE;
  const Mapping& mapping = piece.mapping;
  const bool is_file = file >= 0;
  return Succeed(SYS_mmap,
                 {mapping.start, mapping.size(), mapping.protection,
                  kFlags | (is_file ? 0 : MAP_ANONYMOUS),
                  is_file ? static_cast<uint64_t>(file) : ~uint64_t{0},
                  is_file ? piece.offset : 0},
                 "map memory")
      .status();
}

absl::Status RevivedProcess::CopyPiece(const CoreBytes& bytes,
                                       const CorePiece& piece, int memory) {
  const std::unique_ptr<char[]> buffer(new char[kPiece]);
  for (uint64_t at = 0; at < piece.mapping.size(); at += kPiece) {
    const uint64_t left =
        bytes.size() - std::min(bytes.size(), piece.offset + at);
    const uint64_t size =
        std::min({uint64_t{kPiece}, piece.mapping.size() - at, left});
    if (!bytes.Read(piece.offset + at, buffer.get(), size)) break;
    for (uint64_t page = 0; page < size; page += kPage) {
      const size_t part = std::min(kPage, size - page);
      if (IsZero(&buffer[page], part)) continue;
      const auto place = static_cast<off_t>(piece.mapping.start + at + page);
      if (pwrite(memory, &buffer[page], part, place) !=
          static_cast<ssize_t>(part)) {
        return Expected("take memory", errno);
      }
    }
  }
  return absl::OkStatus();
}

absl::Status RevivedProcess::Confine() {
  const rlimit nothing = {0, 0};
  prlimit(pid_, RLIMIT_CORE, &nothing, nullptr);
  const std::vector<sock_filter> filter = ConfiningFilter();
  const RemoteMemory memory(pid_);
  const sock_fprog program = {
      static_cast<unsigned short>(filter.size()),
      reinterpret_cast<sock_filter*>(scratch_ + sizeof(sock_fprog))};
  memory.Write(scratch_, &program, sizeof program);
  memory.Write(scratch_ + sizeof program, filter.data(),
               filter.size() * sizeof(sock_filter));
  if (geteuid() == 0) {
    // Where there is one user only (some containers), it stays that.
    for (const uint64_t number :
         {SYS_setgroups, SYS_setresgid, SYS_setresuid}) {
      const uint64_t first = number == SYS_setgroups ? 0 : kNobody;
      const absl::StatusOr<int64_t> result =
          Call(number, {first, kNobody * (first != 0), kNobody});
      if (!result.ok()) return result.status();
    }
  }
  absl::StatusOr<int64_t> result =
      Succeed(SYS_prctl, {PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0}, "give up rights");
  if (!result.ok()) return result.status();
  return Succeed(SYS_seccomp, {SECCOMP_SET_MODE_FILTER, 0, scratch_},
                 "confine itself")
      .status();
}

}  // namespace heapgrind

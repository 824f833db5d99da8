#include "converter/outside/refusals.h"

#include <elf.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "converter/outside/refusal.h"

namespace heapgrind {
namespace {

std::string ReadFile(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::string text(1 << 16, '\0');
  const ssize_t count = read(file.get(), &text[0], text.size());
  text.resize(std::max<ssize_t>(count, 0));
  return text;
}

absl::Status CheckState(const ProcessFiles& process,
                        const ProcessStatus& status) {
  if (process.pid() == getpid()) {
    return Refusal("expected another process, got this very one");
  }
  if (status.state == 'Z' || status.state == 'X') {
    return Refusal("expected it to run, but it has ended");
  }
  if (!status.has_memory) {
    return Refusal("expected a Python process, found one of the kernel's");
  }
  if (status.tracer != 0) {
    return Refusal(absl::StrCat("expected it to run freely, but process ",
                                status.tracer, " traces it"),
                   "end that first: a debugger, strace, or another dump");
  }
  return absl::OkStatus();
}

absl::Status NoPermission(const ProcessStatus& status, int error) {
  if (geteuid() != 0 && geteuid() != status.user) {
    return Refusal(absl::StrCat("expected a process of yours (user ", geteuid(),
                                "), got one of user ", status.user),
                   "dump it as that user or as root");
  }
  int scope = 0;
  const std::string text = ReadFile("/proc/sys/kernel/yama/ptrace_scope");
  if (absl::SimpleAtoi(absl::StripAsciiWhitespace(text), &scope) && scope > 0) {
    return Refusal(
        absl::StrCat("expected the right to trace it, which "
                     "kernel.yama.ptrace_scope=",
                     scope, " takes away"),
        scope < 3 ? "dump it as root, or: sysctl kernel.yama.ptrace_scope=0"
                  : "it stays so until the system starts again");
  }
  return Refusal(absl::StrCat("expected the right to trace it "
                              "(CAP_SYS_PTRACE), got \"",
                              std::strerror(error), "\""),
                 geteuid() == 0 ? "in a container: add SYS_PTRACE to its "
                                  "capabilities, or dump it from the host"
                                : "dump it as root");
}

absl::Status CheckPermission(const ProcessFiles& process,
                             const ProcessStatus& status) {
  if (process.OpenFile("mem", O_RDONLY).is_open()) return absl::OkStatus();
  const int error = errno;
  if (process.Read("status").empty()) {
    return Refusal("expected it to run, but it has ended");
  }
  return NoPermission(status, error);
}

std::string NameOfMachine(int machine) {
  switch (machine) {
    case EM_386:
      return "32-bit x86";
    case EM_ARM:
      return "32-bit ARM";
    case EM_AARCH64:
      return "AArch64";
    case EM_RISCV:
      return "RISC-V";
    case EM_PPC64:
      return "POWER";
    case EM_S390:
      return "S/390";
    default:
      return absl::StrCat("ELF machine ", machine);
  }
}

absl::Status CheckProgram(const ProcessFiles& process) {
#ifndef __x86_64__
  return Refusal("expected this program to run on x86-64");
#endif
  const Descriptor program = process.OpenFile("exe", O_RDONLY);
  Elf64_Ehdr header = {};
  if (read(program.get(), &header, sizeof header) !=
          static_cast<ssize_t>(sizeof header) ||
      std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) {
    return Refusal("expected a Python process, found no ELF program");
  }
  const bool is_64_bit = header.e_ident[EI_CLASS] == ELFCLASS64;
  if (header.e_machine == EM_X86_64 && is_64_bit) return absl::OkStatus();
  return Refusal(absl::StrCat(
      "expected a program for x86-64, got one for ",
      header.e_machine == EM_X86_64 ? "x32" : NameOfMachine(header.e_machine)));
}

// The number behind `key` in lines such as "CommitLimit:  12 kB" or "file 12".
uint64_t ValueOf(absl::string_view text, absl::string_view key) {
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    const std::vector<absl::string_view> words =
        absl::StrSplit(line, absl::ByAnyChar(" \t:"), absl::SkipEmpty());
    uint64_t number = 0;
    if (words.size() >= 2 && words[0] == key &&
        absl::SimpleAtoi(words[1], &number)) {
      return number;
    }
  }
  return 0;
}

// Its folders in the hierarchies that limit memory: version 2, then version 1.
std::vector<std::pair<std::string, bool>> FoldersOfCgroup(
    absl::string_view cgroups) {
  std::vector<std::pair<std::string, bool>> folders;
  for (const absl::string_view line : absl::StrSplit(cgroups, '\n')) {
    const std::vector<absl::string_view> parts =
        absl::StrSplit(line, absl::MaxSplits(':', 2));
    if (parts.size() != 3) continue;
    if (parts[1].empty()) {
      folders.push_back({absl::StrCat("/sys/fs/cgroup", parts[2], "/"), true});
    }
    if (parts[1] == "memory") {
      folders.push_back(
          {absl::StrCat("/sys/fs/cgroup/memory", parts[2], "/"), false});
    }
  }
  return folders;
}

// Page tables, the scanner's tables, and what the process changes meanwhile.
uint64_t BytesOfCopy(const ProcessStatus& status) {
  return status.page_tables + status.rss / 25 + (8 << 20);
}

absl::Status CheckCgroup(const ProcessFiles& process,
                         const ProcessStatus& status) {
  for (const auto& [folder, is_second] :
       FoldersOfCgroup(process.Read("cgroup"))) {
    const uint64_t room = RoomInCgroup(
        ReadFile(folder + (is_second ? "memory.max" : "memory.limit_in_bytes")),
        ReadFile(folder +
                 (is_second ? "memory.current" : "memory.usage_in_bytes")),
        ReadFile(folder + "memory.stat"));
    if (room >= BytesOfCopy(status)) continue;
    return Refusal(
        absl::StrCat("expected ", BytesOfCopy(status) >> 20,
                     " MiB within the limit of its cgroup for a copy, got ",
                     room >> 20, " MiB"),
        "raise the limit of the container for a while");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckProcess(const ProcessFiles& process,
                          const ProcessStatus& status) {
  absl::Status result = CheckState(process, status);
  if (result.ok()) result = CheckPermission(process, status);
  if (result.ok()) result = CheckProgram(process);
  return result;
}

bool HasSeccomp(const ProcessFiles& process) {
  for (const int thread : process.Numbers("task")) {
    const std::string text =
        process.Read(absl::StrCat("task/", thread, "/status"));
    if (ParseStatus(text).seccomp != 0) return true;
  }
  return false;
}

absl::Status SeccompRefusal() {
  return Refusal(
      "expected it to be without seccomp, which may kill a process that forks",
      "dump it as root from outside its container: that needs CAP_SYS_ADMIN, "
      "and no seccomp of one's own");
}

absl::Status CheckMemory(const ProcessFiles& process,
                         const ProcessStatus& status, const MemoryMap& map) {
  const absl::Status result =
      CheckCommitLimit(ReadFile("/proc/sys/vm/overcommit_memory"),
                       ReadFile("/proc/meminfo"), map);
  return result.ok() ? CheckCgroup(process, status) : result;
}

absl::Status CheckCommitLimit(absl::string_view overcommit_memory,
                              absl::string_view meminfo, const MemoryMap& map) {
  if (absl::StripAsciiWhitespace(overcommit_memory) != "2") {
    return absl::OkStatus();
  }
  uint64_t wanted = 0;  // mm/mmap.c: private memory that may be written to.
  for (const Mapping& mapping : map) {
    const bool counts =
        !mapping.is_shared && (mapping.protection & PROT_WRITE) != 0;
    if (counts) wanted += mapping.size() >> 10;
  }
  const uint64_t limit = ValueOf(meminfo, "CommitLimit");
  const uint64_t promised = ValueOf(meminfo, "Committed_AS");
  const uint64_t room = promised < limit ? limit - promised : 0;
  if (wanted <= room) return absl::OkStatus();
  return Refusal(
      absl::StrCat("expected ", wanted >> 10,
                   " MiB that vm.overcommit_memory=2 lets a fork have, got ",
                   room >> 10, " MiB"),
      "sysctl vm.overcommit_memory=0, for a while; the copy shares nearly all");
}

uint64_t RoomInCgroup(absl::string_view limit, absl::string_view usage,
                      absl::string_view stat) {
  uint64_t most = 0;
  uint64_t used = 0;
  if (!absl::SimpleAtoi(absl::StripAsciiWhitespace(limit), &most) ||
      !absl::SimpleAtoi(absl::StripAsciiWhitespace(usage), &used)) {
    return UINT64_MAX;  // "max", or no such file.
  }
  const uint64_t files =
      ValueOf(stat, "inactive_file") + ValueOf(stat, "active_file");
  used -= std::min(used, files);
  return used < most ? most - used : 0;
}

}  // namespace heapgrind

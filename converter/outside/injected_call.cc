#include "converter/outside/injected_call.h"

#include <elf.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include "converter/outside/refusal.h"

namespace heapgrind {
namespace {

constexpr uint64_t kCodeSegment = 0x33;          // Of 64-bit code.
constexpr size_t kLargestVectorState = 1 << 16;  // Bytes.
constexpr uint64_t kSequencePlace = 8;           // struct rseq: rseq_cs.
constexpr Clock::time_point kEver = Clock::time_point::max();

absl::Status HasEnded() {
  return Refusal("expected it to run, but it has ended");
}

std::string ReadVectorState(pid_t thread) {
  std::string state(kLargestVectorState, '\0');
  iovec area = {&state[0], state.size()};
  if (ptrace(PTRACE_GETREGSET, thread, NT_X86_XSTATE, &area) != 0) return "";
  state.resize(area.iov_len);
  return state;
}

// Whether the thread is within code that begins again if it is left (rseq(2)):
// it would not notice that it was.
bool IsInSequence(pid_t thread, const RemoteMemory& memory) {
  const SequenceArea area = ReadSequenceArea(thread);
  uint64_t sequence = 0;
  if (area.address != 0) memory.Read(area.address + kSequencePlace, &sequence);
  return sequence != 0;
}

bool HasStack(const MemoryMap& map, uint64_t start, uint64_t end) {
  const Mapping* const mapping = FindMapping(map, start);
  return mapping != nullptr && mapping->end >= end && !mapping->is_shared &&
         (mapping->protection & PROT_WRITE) != 0;
}

}  // namespace

bool InjectedCall::Prepare(const StoppedThread& thread, const MemoryMap& map,
                           const CallCode& code) {
  thread_ = thread.id;
  memory_ = RemoteMemory(thread.id);
  code_ = code;
  registers_ = thread.registers;
  const bool is_in_call = static_cast<int64_t>(registers_.orig_rax) >= 0;
  if (!thread.is_stopped || registers_.cs != kCodeSegment ||
      !HasCallCode(memory_, code) ||
      !ReadBlockedSignals(thread_, &blocked_signals_) ||
      (!is_in_call && IsInSequence(thread_, memory_))) {
    return false;
  }
  frame_ = MakeHealingFrame(WithCallBegunAgain(registers_), blocked_signals_,
                            ReadVectorState(thread_), code);
  if (!HasStack(map, frame_.address, registers_.rsp)) return false;
  stack_.resize(frame_.bytes.size());
  return memory_.Read(frame_.address, &stack_[0], stack_.size());
}

absl::Status InjectedCall::Enter(uint64_t number, CallArguments arguments) {
  if (!memory_.Write(frame_.address, frame_.bytes.data(),
                     frame_.bytes.size())) {
    return HasEnded();
  }
  Registers registers = registers_;
  registers.rip = code_.call;
  registers.rsp = frame_.call_stack;
  registers.rax = number;
  registers.orig_rax = ~uint64_t{0};  // Nothing begins again now.
  registers.rdi = arguments[0];
  registers.rsi = number == SYS_clone ? frame_.copy_stack : arguments[1];
  registers.rdx = arguments[2];
  registers.r10 = arguments[3];
  registers.r8 = arguments[4];
  registers.r9 = arguments[5];
  // In this order: the frame gives the thread its signals back, too.
  if (!WriteRegisters(thread_, registers) ||
      !WriteBlockedSignals(thread_, kAllSignals)) {
    return HasEnded();
  }
  return absl::OkStatus();
}

absl::StatusOr<int64_t> InjectedCall::Run(pid_t* copy) {
  int num_stops = 0;
  int signal = 0;
  while (num_stops < 2) {
    if (!ContinueToSystemCall(thread_, signal)) return HasEnded();
    const Stop stop = *WaitForStop(thread_, kEver);
    signal = stop.signal;  // SIGSTOP, which cannot be blocked.
    if (stop.kind == StopKind::kEnded) return HasEnded();
    if (stop.kind == StopKind::kSystemCall) ++num_stops;
    if (stop.kind == StopKind::kClone) {
      unsigned long message = 0;
      ptrace(PTRACE_GETEVENTMSG, thread_, nullptr, &message);
      *copy = static_cast<pid_t>(message);
    }
  }
  Registers registers;
  if (!ReadRegisters(thread_, &registers)) return HasEnded();
  const absl::Status status = WaitForTrap();
  if (!status.ok()) return status;
  return static_cast<int64_t>(registers.rax);
}

// Only at such a stop does the kernel see to a call that was interrupted
// before.
absl::Status InjectedCall::WaitForTrap() {
  ptrace(PTRACE_INTERRUPT, thread_, nullptr, nullptr);
  int signal = 0;
  for (;;) {
    if (!Continue(thread_, signal)) return HasEnded();
    const Stop stop = *WaitForStop(thread_, kEver);
    signal = stop.signal;
    if (stop.kind == StopKind::kEnded) return HasEnded();
    if (stop.kind == StopKind::kTrap) return absl::OkStatus();
  }
}

absl::Status InjectedCall::Leave() {
  if (!WriteBlockedSignals(thread_, blocked_signals_) ||
      !WriteRegisters(thread_, registers_)) {
    return HasEnded();
  }
  RestoreStack(memory_);
  return absl::OkStatus();
}

void InjectedCall::RestoreStack(const RemoteMemory& memory) const {
  memory.Write(frame_.address, stack_.data(), stack_.size());
}

}  // namespace heapgrind

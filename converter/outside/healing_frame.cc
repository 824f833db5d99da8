#include "converter/outside/healing_frame.h"

#include <cpuid.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cstring>

namespace heapgrind {
namespace {

constexpr uint64_t kRedZone = 128;  // Bytes; System V ABI for x86-64.
constexpr uint64_t kVectorAlignment = 64;
// include/linux/errno.h
constexpr int64_t kRestartSys = -512;
constexpr int64_t kRestartNoIntr = -513;
constexpr int64_t kRestartNoHand = -514;
constexpr int64_t kRestartBlock = -516;
constexpr uint64_t kSystemCallBytes = 2;

struct SignalStack {
  uint64_t address;
  int32_t flags;
  int32_t unused;
  uint64_t size;
};

struct SignalContext {
  uint64_t r8, r9, r10, r11, r12, r13, r14, r15;
  uint64_t di, si, bp, bx, dx, ax, cx, sp, ip, flags;
  uint16_t cs, gs, fs, ss;
  uint64_t error, trap, old_mask, fault_address;
  uint64_t vector_state;  // 0: as after a start.
  uint64_t unused[8];
};

struct SignalFrame {
  uint64_t return_address;
  uint64_t flags;
  uint64_t link;
  SignalStack stack;
  SignalContext context;
  SignalSet blocked_signals;
};

// What the kernel writes into the bytes of XSAVE's area that are for software:
// struct _fpx_sw_bytes.
struct VectorStateNote {
  uint32_t magic;
  uint32_t whole_size;
  uint64_t features;
  uint32_t size;
  uint32_t unused[7];
};

constexpr uint64_t kHasVectorState = 1;     // UC_FP_XSTATE
constexpr uint64_t kHasStackSegment = 6;    // UC_SIGCONTEXT_SS, and strictly.
constexpr uint32_t kMagic = 0x46505853;     // FP_XSTATE_MAGIC1
constexpr uint32_t kEndMagic = 0x46505845;  // FP_XSTATE_MAGIC2
constexpr size_t kNotePlace = 464;
constexpr size_t kFeaturesPlace = 512;  // XSTATE_BV
constexpr size_t kLeastState = 576;     // Of the old instruction, and a header.
constexpr uint64_t kLegacyFeatures = 3;
// An alternate stack that is none: the kernel leaves the thread's as it is.
constexpr int32_t kNoSuchFlags = 0x5a5a;

// Bytes of XSAVE's area up to the last of the features that are in use: larger
// ones, for features that the process may not use, are refused.
size_t UsedSize(uint64_t features) {
  size_t size = kLeastState;
  for (unsigned feature = 2; feature < 63; ++feature) {
    if ((features >> feature & 1) == 0) continue;
    unsigned bytes = 0, offset = 0, ecx = 0, edx = 0;
    if (__get_cpuid_count(0xd, feature, &bytes, &offset, &ecx, &edx) != 0) {
      size = std::max<size_t>(size, size_t{offset} + bytes);
    }
  }
  return size;
}

// The area as a signal's frame has it; "" if there is none.
std::string VectorStateOfSignal(const std::string& state) {
  if (state.size() < kLeastState) return "";
  uint64_t features = 0;
  std::memcpy(&features, &state[kFeaturesPlace], sizeof features);
  const size_t size = std::min(UsedSize(features), state.size());
  std::string area = state.substr(0, size);
  VectorStateNote note = {};
  note.magic = kMagic;
  note.size = static_cast<uint32_t>(size);
  note.whole_size = static_cast<uint32_t>(size + sizeof kEndMagic);
  note.features = features | kLegacyFeatures;
  std::memcpy(&area[kNotePlace], &note, sizeof note);
  area.append(reinterpret_cast<const char*>(&kEndMagic), sizeof kEndMagic);
  return area;
}

SignalContext ContextOf(const Registers& registers) {
  SignalContext context = {};
  context.r8 = registers.r8;
  context.r9 = registers.r9;
  context.r10 = registers.r10;
  context.r11 = registers.r11;
  context.r12 = registers.r12;
  context.r13 = registers.r13;
  context.r14 = registers.r14;
  context.r15 = registers.r15;
  context.di = registers.rdi;
  context.si = registers.rsi;
  context.bp = registers.rbp;
  context.bx = registers.rbx;
  context.dx = registers.rdx;
  context.ax = registers.rax;
  context.cx = registers.rcx;
  context.sp = registers.rsp;
  context.ip = registers.rip;
  context.flags = registers.eflags;
  context.cs = static_cast<uint16_t>(registers.cs);
  context.ss = static_cast<uint16_t>(registers.ss);
  return context;
}

// As the kernel does it on the way back to the program.
Registers WithCallRestarted(Registers registers) {
  if (static_cast<int64_t>(registers.orig_rax) < 0) return registers;
  switch (static_cast<int64_t>(registers.rax)) {
    case kRestartSys:
    case kRestartNoIntr:
    case kRestartNoHand:
    case kRestartBlock:
      registers.rax = registers.orig_rax;
      registers.rip -= kSystemCallBytes;
  }
  return registers;
}

SignalFrame MakeFrame(const Registers& registers, SignalSet blocked_signals,
                      const CallCode& code) {
  SignalFrame frame = {};
  frame.return_address = code.restore;
  frame.flags = kHasVectorState | kHasStackSegment;
  frame.stack.flags = kNoSuchFlags;
  frame.context = ContextOf(registers);
  frame.blocked_signals = blocked_signals;
  return frame;
}

// Of the copy, which ends before it has run a line.
SignalFrame MakeExitFrame(const Registers& registers, uint64_t stack,
                          const CallCode& code) {
  Registers exiting = registers;
  exiting.rip = code.call;
  exiting.rax = SYS_exit_group;
  exiting.rdi = 0;
  exiting.rsp = stack;
  return MakeFrame(exiting, kAllSignals, code);
}

}  // namespace

HealingFrame MakeHealingFrame(const Registers& registers,
                              SignalSet blocked_signals,
                              const std::string& vector_state,
                              const CallCode& code) {
  const std::string area = VectorStateOfSignal(vector_state);
  const uint64_t area_address = (registers.rsp - kRedZone - area.size()) /
                                kVectorAlignment * kVectorAlignment;
  HealingFrame healing;
  healing.call_stack = area_address - sizeof(SignalFrame);
  healing.copy_stack = healing.call_stack - sizeof(SignalFrame);
  healing.address = healing.copy_stack;
  SignalFrame frames[] = {
      MakeExitFrame(registers, healing.copy_stack, code),
      MakeFrame(WithCallRestarted(registers), blocked_signals, code)};
  if (!area.empty()) frames[1].context.vector_state = area_address;
  healing.bytes.assign(reinterpret_cast<const char*>(frames), sizeof frames);
  healing.bytes += area;
  return healing;
}

}  // namespace heapgrind

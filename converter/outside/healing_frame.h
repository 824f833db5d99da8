// What lies on the stack of a thread while a call is injected into it, so that
// it heals by itself if nobody is left to do it.
//
//     rsp at the interruption
//       red zone, 128 bytes: the thread's own
//       floating-point state, as XSAVE writes it
//       frame: address of rt_sigreturn's code | registers, blocked signals
//     rsp of the call        <- its `ret` takes that address off the stack
//       frame of the copy: the same, but with registers that make it exit
//     rsp of the copy        <- second argument of clone
//
// A system call that was interrupted begins again then, with its whole time.
// The layout is that of Linux: struct rt_sigframe of arch/x86/include/asm/
// sigframe.h, struct sigcontext of asm/sigcontext.h, and restore_sigcontext and
// fpu__restore_sig, which read it.

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_HEALING_FRAME_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_HEALING_FRAME_H_

#include <cstdint>
#include <string>

#include "converter/outside/call_code.h"
#include "converter/outside/traced_thread.h"

namespace heapgrind {

struct HealingFrame {
  uint64_t address = 0;  // Of its first byte.
  std::string bytes;
  uint64_t call_stack = 0;  // rsp of the call.
  uint64_t copy_stack = 0;  // rsp of a copy that the call makes.
};

// `vector_state`: what PTRACE_GETREGSET with NT_X86_XSTATE reads, or "".
HealingFrame MakeHealingFrame(const Registers& registers,
                              SignalSet blocked_signals,
                              const std::string& vector_state,
                              const CallCode& code);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_HEALING_FRAME_H_

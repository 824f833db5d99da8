#include "record/program_frames.h"

namespace heapgrind {
namespace {

PyObject* GlobalsOfModule(const char* name) {
  PyObject* module = hg_dict_value(hg_modules(), name);
  return module == nullptr || !PyModule_Check(module) ? nullptr
                                                      : hg_module_dict(module);
}

hg_frame* FindOutermostRunner(hg_frame* innermost,
                              const OwnModules& own_modules) {
  hg_frame* outermost = nullptr;
  for (FrameChain chain(innermost); chain.frame() != nullptr; chain.Advance()) {
    if (IsRunnerFrame(chain.frame(), own_modules)) outermost = chain.frame();
  }
  return outermost;
}

}  // namespace

OwnModules FindOwnModules() {
  return {{GlobalsOfModule("heapgrind"), GlobalsOfModule("heapgrind._snapshot"),
           GlobalsOfModule("heapgrind._hook")},
          {GlobalsOfModule("heapgrind._run"),
           GlobalsOfModule("heapgrind._run._program")}};
}

bool IsRunnerFrame(hg_frame* frame, const OwnModules& own_modules) {
  PyObject* globals = hg_frame_globals(frame);
  return globals != nullptr && (globals == own_modules.runner_globals[0] ||
                                globals == own_modules.runner_globals[1]);
}

bool IsOwnFrame(hg_frame* frame, const OwnModules& own_modules) {
  if (IsRunnerFrame(frame, own_modules)) return true;
  PyObject* globals = hg_frame_globals(frame);
  for (PyObject* own : own_modules.package_globals) {
    if (globals != nullptr && globals == own) return true;
  }
  return false;
}

ProgramFrames::ProgramFrames(hg_frame* innermost, const OwnModules& own_modules)
    : own_modules_(own_modules),
      end_(FindOutermostRunner(innermost, own_modules)),
      chain_(innermost) {
  SkipOwn();
}

void ProgramFrames::Advance() {
  chain_.Advance();
  SkipOwn();
}

void ProgramFrames::SkipOwn() {
  while (frame() != nullptr && IsOwnFrame(frame(), own_modules_)) {
    if (frame() == end_) {
      chain_ = FrameChain(nullptr);
    } else {
      chain_.Advance();
    }
  }
}

hg_frame* FindOutermost(hg_frame* innermost, const OwnModules& own_modules) {
  hg_frame* outermost = nullptr;
  for (ProgramFrames frames(innermost, own_modules); frames.frame() != nullptr;
       frames.Advance()) {
    outermost = frames.frame();
  }
  return outermost;
}

}  // namespace heapgrind

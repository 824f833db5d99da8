#include "program_frames.h"

namespace heapgrind {
namespace {

PyObject* GlobalsOfModule(const char* name) {
  PyObject* module = hg_dict_value(hg_modules(), name);
  return module == nullptr || !PyModule_Check(module) ? nullptr
                                                      : hg_module_dict(module);
}

hg_frame* FindOutermost(PyThreadState* thread, PyObject* globals) {
  hg_frame* outermost = nullptr;
  if (globals == nullptr) return outermost;
  for (hg_frame* frame = hg_thread_frame(thread); frame != nullptr;
       frame = hg_frame_caller(frame)) {
    if (hg_frame_globals(frame) == globals) outermost = frame;
  }
  return outermost;
}

}  // namespace

OwnModules FindOwnModules() {
  return {GlobalsOfModule("heapgrind"), GlobalsOfModule("heapgrind._run")};
}

ProgramFrames::ProgramFrames(PyThreadState* thread,
                             const OwnModules& own_modules)
    : own_modules_(own_modules),
      end_(FindOutermost(thread, own_modules.runner_globals)),
      frame_(hg_thread_frame(thread)) {
  SkipOwn();
}

void ProgramFrames::Advance() {
  frame_ = hg_frame_caller(frame_);
  SkipOwn();
}

void ProgramFrames::SkipOwn() {
  while (frame_ != nullptr && IsOwn(frame_)) {
    frame_ = frame_ == end_ ? nullptr : hg_frame_caller(frame_);
  }
}

bool ProgramFrames::IsOwn(hg_frame* frame) const {
  PyObject* globals = hg_frame_globals(frame);
  return globals != nullptr && (globals == own_modules_.package_globals ||
                                globals == own_modules_.runner_globals);
}

}  // namespace heapgrind

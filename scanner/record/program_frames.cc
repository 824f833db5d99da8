#include "record/program_frames.h"

namespace heapgrind {
namespace {

PyObject* GlobalsOfModule(const char* name) {
  PyObject* module = hg_dict_value(hg_modules(), name);
  return module == nullptr || !PyModule_Check(module) ? nullptr
                                                      : hg_module_dict(module);
}

hg_frame* FindOutermostRunner(PyThreadState* thread,
                              const OwnModules& own_modules) {
  hg_frame* outermost = nullptr;
  for (hg_frame* frame = hg_thread_frame(thread); frame != nullptr;
       frame = hg_frame_caller(frame)) {
    if (IsRunnerFrame(frame, own_modules)) outermost = frame;
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

ProgramFrames::ProgramFrames(PyThreadState* thread,
                             const OwnModules& own_modules)
    : own_modules_(own_modules),
      end_(FindOutermostRunner(thread, own_modules)),
      frame_(hg_thread_frame(thread)) {
  SkipOwn();
}

void ProgramFrames::Advance() {
  frame_ = hg_frame_caller(frame_);
  SkipOwn();
}

void ProgramFrames::SkipOwn() {
  while (frame_ != nullptr && IsOwnFrame(frame_, own_modules_)) {
    frame_ = frame_ == end_ ? nullptr : hg_frame_caller(frame_);
  }
}

}  // namespace heapgrind

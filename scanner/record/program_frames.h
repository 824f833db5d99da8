// The frames of a thread, or of a suspended greenlet, that belong to the
// program, and not to heapgrind.
//
// Left out are the frames of functions of this package; and, where the package
// runs the program (`python -m heapgrind run`), what runs the package.
//
//     outermost                                     innermost
//     runpy, heapgrind._run | the program | heapgrind.dump
//     left out              | kept        | left out

#ifndef HEAPGRIND_SCANNER_RECORD_PROGRAM_FRAMES_H_
#define HEAPGRIND_SCANNER_RECORD_PROGRAM_FRAMES_H_

#include "cpython/compat.h"
#include "record/frame_chain.h"

namespace heapgrind {

// The modules of this package whose functions may be running.
struct OwnModules {
  // `__dict__` of heapgrind and of what dumps in its name, or null.
  PyObject* package_globals[3];
  PyObject* runner_globals[2];  // Of heapgrind._run and its _program, or null.
};

// Finds them in sys.modules.
OwnModules FindOwnModules();

// True for frames of the package itself and of what runs programs; and for the
// latter alone.
bool IsOwnFrame(hg_frame* frame, const OwnModules& own_modules);
bool IsRunnerFrame(hg_frame* frame, const OwnModules& own_modules);

// Goes over frames from the innermost, which may be null, to the outermost.
class ProgramFrames {
 public:
  ProgramFrames(hg_frame* innermost, const OwnModules& own_modules);

  // Null after the outermost.
  hg_frame* frame() const { return chain_.frame(); }
  void Advance();

 private:
  void SkipOwn();

  OwnModules own_modules_;
  hg_frame* end_;  // The outermost frame of the runner; null if there is none.
  FrameChain chain_;
};

// The last of them; null if there are none.
hg_frame* FindOutermost(hg_frame* innermost, const OwnModules& own_modules);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_PROGRAM_FRAMES_H_

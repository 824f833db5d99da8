#include "scan.h"

#include <errno.h>

#include <new>

#include "cpython/compat.h"
#include "frontier.h"
#include "output.h"
#include "program_frames.h"
#include "record_writer.h"
#include "roots.h"

namespace heapgrind {
namespace {

// All the memory of a scan but what the arrays and bitmaps grow to.
class Scanner {
 public:
  Scanner(int fd, const ScanOptions& options)
      : output_(fd),
        own_modules_(FindOwnModules()),
        writer_(options.value_length, own_modules_, &frontier_, &output_) {}

  ScanResult Run() {
    const ProcessMemory memory = ReadProcessMemory();
    WriteHeader(memory, &output_);
    PassOverFrames();
    if (own_modules_.runner_globals[0] != nullptr) {
      hg_visit_gc_objects(&Scanner::PassOverRunnerFrame, this);
    }
    WriteRoots(own_modules_, &frontier_, &output_);
    WriteFrames();
    WriteReached(false);
    hg_visit_gc_objects(&Scanner::VisitUnreached, this);
    if (!out_of_memory()) WriteEnd();
    output_.Flush();
    return {out_of_memory() ? ENOMEM : output_.error(), writer_.num_objects(),
            writer_.size(), output_.bytes(),
            memory.allocated() == 0
                ? -1
                : double(writer_.allocated()) / double(memory.allocated())};
  }

 private:
  bool out_of_memory() const {
    return frontier_.out_of_memory() || writer_.out_of_memory();
  }

  // Frames are written as such, from their threads; also those that are Python
  // objects, and ours not at all.
  void PassOverFrames() {
    for (PyThreadState* thread = hg_first_thread(); thread != nullptr;
         thread = PyThreadState_Next(thread)) {
      for (hg_frame* frame = hg_thread_frame(thread); frame != nullptr;
           frame = hg_frame_caller(frame)) {
        frontier_.PassOver(frame);
      }
    }
  }

  // The traceback of an exception keeps the frames that ran the program, and
  // their callers.
  static void PassOverRunnerFrame(void* context, PyObject* object) {
    if (!PyFrame_Check(object)) return;
    hg_frame* frame = hg_frame_of_object(object);
    auto* scanner = static_cast<Scanner*>(context);
    if (frame == nullptr || !IsRunnerFrame(frame, scanner->own_modules_)) {
      return;
    }
    while (object != nullptr && scanner->frontier_.PassOver(object)) {
      object = hg_frame_object_caller(object);
    }
  }

  void WriteFrames() {
    for (PyThreadState* thread = hg_first_thread(); thread != nullptr;
         thread = PyThreadState_Next(thread)) {
      hg_frame* called = nullptr;
      for (ProgramFrames frames(thread, own_modules_);
           frames.frame() != nullptr; frames.Advance()) {
        writer_.WriteFrame(frames.frame(), called);
        called = frames.frame();
      }
    }
  }

  void WriteReached(bool with_refcount) {
    while (PyObject* object = frontier_.TakeNext()) {
      writer_.WriteObject(object, with_refcount);
    }
  }

  static void VisitUnreached(void* context, PyObject* object) {
    auto* scanner = static_cast<Scanner*>(context);
    scanner->frontier_.Reach(object);
    scanner->WriteReached(true);
  }

  void WriteEnd() {
    output_.Text("{\"end\": ");
    output_.Number(writer_.num_objects());
    output_.Text(", \"size\": ");
    output_.Number(writer_.size());
    output_.Text("}\n");
  }

  Output output_;
  Frontier frontier_;
  const OwnModules own_modules_;
  RecordWriter writer_;
};

}  // namespace

ScanResult Scan(int fd, const ScanOptions& options) {
  void* memory = MapBytes(sizeof(Scanner));
  if (memory == nullptr) return {ENOMEM, 0, 0, 0, -1};
  Scanner* scanner = new (memory) Scanner(fd, options);
  const ScanResult result = scanner->Run();
  scanner->~Scanner();
  munmap(memory, sizeof(Scanner));
  return result;
}

}  // namespace heapgrind

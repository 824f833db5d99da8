#include "record/definition.h"
#include "record/record_writer.h"

// Frames, which threads, suspended greenlets and generators have.

namespace heapgrind {

// Frames are no objects to visit.  Returns that of a generator which nobody
// else knows: it runs in a greenlet whose layout is not known.
hg_frame* RecordWriter::PassOverFrames(PyObject* object,
                                       const TypeFacts& facts) {
  if (facts.is_greenlet) {
    for (FrameChain chain(hg_greenlet_frame(object)); chain.frame() != nullptr;
         chain.Advance()) {
      frontier_->PassOver(chain.frame());
    }
  }
  if (facts.category != Category::kGenerator) return nullptr;
  hg_frame* frame = hg_running_generator_frame(object);
  return frame != nullptr && frontier_->PassOver(frame) ? frame : nullptr;
}

void RecordWriter::WriteFrames(hg_frame* innermost) {
  hg_frame* called = nullptr;
  for (ProgramFrames frames(innermost, own_modules_); frames.frame() != nullptr;
       frames.Advance()) {
    WriteFrame(frames.frame(), called);
    called = frames.frame();
  }
}

// A frame and the one that it called (null: none).
void RecordWriter::WriteFrame(hg_frame* frame, void* called) {
  ObjectSize size = {};
  if (hg_frame_is_object(frame)) {
    PyObject* object = reinterpret_cast<PyObject*>(frame);
    size = FindSize(object, types_.Find(Py_TYPE(object)));
  } else {
    size.size = hg_frame_stack_bytes(frame);
  }
  BeginRecord(frame, "frame", size);
  WriteFrameDefinition(frame, output_);
  parts_.CollectFrame(frame, called);
  WriteKey("refs");
  references_.Begin(output_);
  WritePartReferences();
  references_.End();
  native_references_.ForgetNames();
  WriteNames(0);
  EndRecord();
}

}  // namespace heapgrind

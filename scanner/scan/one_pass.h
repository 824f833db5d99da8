// One pass over the heap: from its header to its end record.

#ifndef HEAPGRIND_SCANNER_SCAN_ONE_PASS_H_
#define HEAPGRIND_SCANNER_SCAN_ONE_PASS_H_

#include <cstddef>
#include <cstdint>

#include "cpython/compat.h"
#include "cpython/soundness.h"
#include "memory/frontier.h"
#include "memory/key_set.h"
#include "output/output.h"
#include "record/end_record.h"
#include "record/frame_chain.h"
#include "record/guarded.h"
#include "record/program_frames.h"
#include "record/record_writer.h"
#include "record/roots.h"
#include "scan/native_pass.h"
#include "scan/scan.h"
#include "surroundings.h"

namespace heapgrind {

// One pass over the heap: all its memory but what the arrays and bitmaps grow
// to.
class OnePass {
 public:
  // See RecordWriter about the keys.  Writes to nowhere if `fd` is negative.
  OnePass(int fd, const ScanOptions& options, Compressor* compressor,
          KeySet* keys, bool collects_keys, ScanProgress* progress)
      : progress_(progress),
        process_(hg_read_process()),
        output_(fd, options.low_memory ? kSmallBuffer : Output::kBufferBytes,
                compressor, options.max_bytes, options.near_limit),
        nowhere_(-1, kSmallBuffer, nullptr, 0, false),
        writer_(options, own_modules_, keys, collects_keys,
                fd >= 0 ? &pages_ : nullptr,
                native_.Make(fd >= 0 ? options.native : Native::kNo,
                             options.low_memory),
                &frontier_, &output_, &nowhere_),
        is_last_(fd >= 0) {
    if (fd >= 0) pages_.Open();
    if (options.low_memory) error_ = frontier_.UseFiles();
    if (compressor != nullptr && error_ == 0) error_ = compressor->Open();
  }

  int error() const { return error_; }
  void UseSites() { writer_.UseSites(); }

  // At most 128 KiB of memory, or 16 MiB.
  void KeepResidentPages(bool low_memory) {
    pages_.Keep(size_t{1} << (low_memory ? 13 : 20));
  }

  void AddDescriptors(DescriptorList* list) const {
    frontier_.AddDescriptors(list);
  }

  ScanResult Run() {
    native_.Learn(process_);
    if (is_last_) hg_add_pymalloc(&process_);
    RunGuarded([this] { own_modules_ = FindOwnModules(); });
    if (own_modules_.runner_globals[0] != nullptr) {
      hg_walk_heap(&OnePass::PassOverRunnerFrame, this);
    }
    if (hg_has_greenlets()) {
      hg_walk_heap(&OnePass::PassOverGreenletFrames, this);
    }
    WriteWhatRootsReach();
    hg_walk_heap(&OnePass::VisitUnreached, this);
    if (native_.is_known()) {
      num_lost_roots_ += native_.Write(&writer_, &frontier_, &output_,
                                       [this] { WriteReached(false); });
    }
    if (scan_error() == 0) {
      WriteEnd(writer_, num_lost_roots_, native_.losses(), &output_);
      output_.Finish();
    }
    return {scan_error() != 0 ? scan_error() : output_.error(),
            writer_.num_objects(),
            writer_.size(),
            output_.bytes(),
            ExplainedShare(writer_.sums(), process_),
            writer_.num_left_out(),
            writer_.size_left_out()};
  }

 private:
  static constexpr size_t kSmallBuffer = size_t{1} << 12;

  // 0, or the errno of what the scan lacks.
  int scan_error() const {
    if (writer_.error() != 0) return writer_.error();
    if (native_.error() != 0) return native_.error();
    return frontier_.error();
  }

  void WriteWhatRootsReach() {
    WriteHeaderRecord();
    RunGuarded([this] { PassOverFrames(); });
    num_lost_roots_ =
        WriteRoots(own_modules_, main_greenlets_, &frontier_, &output_);
    writer_.TakeBack(RunGuarded([this] { WriteFrames(); }));
    WriteReached(false);
  }

  void WriteHeaderRecord() {
    const auto write = [this] { WriteHeader(process_, true, &output_); };
    if (RunGuarded(write) == HG_DONE) return;
    output_.TakeBack();
    WriteHeader(process_, false, &output_);
  }

  // Frames are written as such, from their threads; also those that are Python
  // objects, and ours not at all.
  void PassOverFrames() {
    for (PyThreadState* thread = hg_first_thread(); thread != nullptr;
         thread = hg_next_thread(thread)) {
      PassOverChain(hg_thread_frame(thread));
    }
  }

  void PassOverChain(hg_frame* innermost) {
    for (FrameChain chain(innermost); chain.frame() != nullptr;
         chain.Advance()) {
      frontier_.PassOver(chain.frame());
    }
  }

  // They are written after their greenlet, wherever else they are met.
  static void PassOverGreenletFrames(void* context, PyObject* object) {
    auto* pass = static_cast<OnePass*>(context);
    RunGuarded([=] {
      if (hg_may_follow(object) && hg_is_greenlet(object)) {
        pass->PassOverFramesOf(object);
      }
    });
  }

  void PassOverFramesOf(PyObject* greenlet) {
    hg_frame* innermost = hg_greenlet_frame(greenlet);
    if (innermost == nullptr) return;
    PassOverChain(innermost);
    if (hg_main_greenlet_thread(greenlet) != nullptr) {
      main_greenlets_.Append(greenlet);
    }
  }

  // The traceback of an exception keeps the frames that ran the program, and
  // their callers.
  static void PassOverRunnerFrame(void* context, PyObject* object) {
    if (!PyFrame_Check(object)) return;
    auto* pass = static_cast<OnePass*>(context);
    RunGuarded([=] { pass->PassOverIfRunner(object); });
  }

  void PassOverIfRunner(PyObject* frame_object) {
    hg_frame* frame = hg_frame_of_object(frame_object);
    if (frame == nullptr || !IsRunnerFrame(frame, own_modules_)) return;
    while (frame_object != nullptr && frontier_.PassOver(frame_object)) {
      frame_object = hg_frame_object_caller(frame_object);
    }
  }

  void WriteFrames() {
    for (PyThreadState* thread = hg_first_thread(); thread != nullptr;
         thread = hg_next_thread(thread)) {
      writer_.WriteFrames(hg_thread_frame(thread));
    }
  }

  void WriteReached(bool with_refcount) {
    while (PyObject* object = frontier_.TakeNext()) {
      writer_.WriteObject(object, with_refcount);
      if (progress_ != nullptr) ShowProgress();
    }
  }

  void ShowProgress() {
    progress_->num_objects.store(writer_.num_objects(),
                                 std::memory_order_relaxed);
    progress_->dump_bytes.store(output_.bytes(), std::memory_order_relaxed);
  }

  static void VisitUnreached(void* context, PyObject* object) {
    auto* pass = static_cast<OnePass*>(context);
    pass->frontier_.Reach(object);
    pass->WriteReached(true);
  }

  int error_ = 0;  // Of what the scan needs to begin.
  ScanProgress* const progress_;
  hg_process process_;
  Output output_;
  Output nowhere_;
  Frontier frontier_;
  OwnModules own_modules_ = {};
  MainGreenlets main_greenlets_;
  int num_lost_roots_ = 0;
  ResidentPages pages_;
  NativePass native_;
  RecordWriter writer_;
  const bool is_last_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_SCAN_ONE_PASS_H_

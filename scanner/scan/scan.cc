#include "scan/scan.h"

#include <errno.h>

#include <new>

#include "record/allocation_sites.h"
#include "output/compressors.h"
#include "cpython/compat.h"
#include "memory/frontier.h"
#include "scan/interruption.h"
#include "output/json_text.h"
#include "memory/key_set.h"
#include "output/output.h"
#include "record/program_frames.h"
#include "record/record_writer.h"
#include "record/roots.h"

namespace heapgrind {

// One pass over the heap: all its memory but what the arrays and bitmaps grow
// to.
class OnePass {
 public:
  // See RecordWriter about the keys.  Writes to nowhere if `fd` is negative.
  OnePass(int fd, const ScanOptions& options, KeySet* keys, bool collects_keys,
          ScanProgress* progress)
      : progress_(progress),
        process_(ReadProcess()),
        output_(fd, options.low_memory ? kSmallBuffer : Output::kBufferBytes,
                fd >= 0 ? compressors_.For(options.compression) : nullptr,
                options.max_bytes, IsInterrupted),
        nowhere_(-1, kSmallBuffer, nullptr, 0, IsInterrupted),
        writer_(options, own_modules_, keys, collects_keys, &frontier_,
                &output_, &nowhere_) {
    if (options.low_memory) error_ = frontier_.UseFiles();
    Compressor* compressor = compressors_.For(options.compression);
    if (compressor != nullptr && fd >= 0 && error_ == 0) {
      error_ = compressor->Open();
    }
  }

  int error() const { return error_; }
  void UseSites() { writer_.UseSites(); }

  void AddDescriptors(DescriptorList* list) const {
    frontier_.AddDescriptors(list);
  }

  ScanResult Run() {
    hg_walk_heap(&OnePass::Begin, nullptr, this);
    if (own_modules_.runner_globals[0] != nullptr) {
      hg_walk_heap(nullptr, &OnePass::PassOverRunnerFrame, this);
    }
    hg_walk_heap(&OnePass::WriteWhatRootsReach, &OnePass::VisitUnreached, this);
    if (scan_error() == 0) {
      WriteEnd();
      output_.Finish();
    }
    const uint64_t allocated = process_.memory.allocated();
    return {
        scan_error() != 0 ? scan_error() : output_.error(),
        writer_.num_objects(),
        writer_.size(),
        output_.bytes(),
        allocated == 0 ? -1 : double(writer_.allocated()) / double(allocated),
        writer_.num_left_out(),
        writer_.size_left_out()};
  }

 private:
  static constexpr size_t kSmallBuffer = size_t{1} << 12;

  // 0, or the errno of what the scan lacks.
  int scan_error() const {
    return writer_.error() != 0 ? writer_.error() : frontier_.error();
  }

  static void Begin(void* context) {
    auto* pass = static_cast<OnePass*>(context);
    pass->own_modules_ = FindOwnModules();
  }

  static void WriteWhatRootsReach(void* context) {
    auto* pass = static_cast<OnePass*>(context);
    WriteHeader(pass->process_, &pass->output_);
    pass->PassOverFrames();
    WriteRoots(pass->own_modules_, &pass->frontier_, &pass->output_);
    pass->WriteFrames();
    pass->WriteReached(false);
  }

  // Frames are written as such, from their threads; also those that are Python
  // objects, and ours not at all.
  void PassOverFrames() {
    for (PyThreadState* thread = hg_first_thread(); thread != nullptr;
         thread = hg_next_thread(thread)) {
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
    auto* pass = static_cast<OnePass*>(context);
    if (frame == nullptr || !IsRunnerFrame(frame, pass->own_modules_)) {
      return;
    }
    while (object != nullptr && pass->frontier_.PassOver(object)) {
      object = hg_frame_object_caller(object);
    }
  }

  void WriteFrames() {
    for (PyThreadState* thread = hg_first_thread(); thread != nullptr;
         thread = hg_next_thread(thread)) {
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

  void WriteEnd() {
    output_.Text("{\"end\": ");
    output_.Number(writer_.num_objects());
    output_.Text(", \"size\": ");
    output_.Number(writer_.size());
    WriteNumberUnlessZero("left_out", writer_.num_left_out(), &output_);
    WriteNumberUnlessZero("left_out_size", writer_.size_left_out(), &output_);
    output_.Text("}\n");
  }

  int error_ = 0;  // Of what the scan needs to begin.
  ScanProgress* const progress_;
  const ScannedProcess process_;
  Compressors compressors_;
  Output output_;
  Output nowhere_;
  Frontier frontier_;
  OwnModules own_modules_ = {};
  RecordWriter writer_;
};

namespace {

// An object in memory of its own, which is zero at first; null if there is no
// memory left.
template <typename T, typename... Arguments>
T* MapObject(Arguments... arguments) {
  void* memory = MapBytes(sizeof(T));
  return memory == nullptr ? nullptr : new (memory) T(arguments...);
}

template <typename T>
void UnmapObject(T* object) {
  if (object == nullptr) return;
  object->~T();
  munmap(object, sizeof(T));
}

}  // namespace

PreparedScan::PreparedScan(int fd, const ScanOptions& options,
                           ScanProgress* progress) {
  hg_learn_images();
  // Which strings are keys is not known until all dictionaries were seen: if
  // only they have values, the first of two scans collects them.
  if (options.value_length == 0) {
    keys_ = MapObject<KeySet>();
    if (keys_ == nullptr) error_ = ENOMEM;
    if (error_ == 0 && options.low_memory) error_ = keys_->UseFiles();
    if (error_ == 0) {
      first_ = MapObject<OnePass>(-1, options, keys_, true, nullptr);
      error_ = first_ == nullptr ? ENOMEM : first_->error();
    }
  }
  if (error_ != 0) return;
  last_ = MapObject<OnePass>(fd, options, keys_, false, progress);
  error_ = last_ == nullptr ? ENOMEM : last_->error();
}

PreparedScan::~PreparedScan() {
  UnmapObject(last_);
  UnmapObject(first_);
  UnmapObject(keys_);
}

void PreparedScan::AddDescriptors(DescriptorList* list) const {
  if (keys_ != nullptr) keys_->AddDescriptors(list);
  if (first_ != nullptr) first_->AddDescriptors(list);
  if (last_ != nullptr) last_->AddDescriptors(list);
}

void PreparedScan::UseSites(const SitesLock& lock) {
  if (lock.is_locked()) last_->UseSites();
}

ScanResult PreparedScan::Run() {
  if (first_ != nullptr) {
    const ScanResult result = first_->Run();
    if (result.error != 0) return result;
  }
  return last_->Run();
}

ScanResult Scan(int fd, const ScanOptions& options) {
  PreparedScan scan(fd, options, nullptr);
  if (scan.error() != 0) return {scan.error(), 0, 0, 0, -1, 0, 0};
  const SitesLock lock;
  scan.UseSites(lock);
  return scan.Run();
}

}  // namespace heapgrind

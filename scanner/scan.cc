#include "scan.h"

#include <errno.h>

#include <new>

#include "cpython/compat.h"
#include "frontier.h"
#include "gzip_stream.h"
#include "key_set.h"
#include "output.h"
#include "program_frames.h"
#include "record_writer.h"
#include "roots.h"
#include "zstd_stream.h"

namespace heapgrind {
namespace {

// All the memory of a scan but what the arrays and bitmaps grow to.
class Scanner {
 public:
  // See RecordWriter about the keys.  Writes to nowhere if `fd` is negative.
  Scanner(int fd, const ScanOptions& options, KeySet* keys, bool collects_keys)
      : output_(fd, options.low_memory ? kSmallBuffer : Output::kBufferBytes,
                fd >= 0 ? CompressorFor(options.compression) : nullptr),
        writer_(options, own_modules_, keys, collects_keys, &frontier_,
                &output_) {
    if (options.low_memory) error_ = frontier_.UseFiles();
    Compressor* compressor = CompressorFor(options.compression);
    if (compressor != nullptr && fd >= 0 && error_ == 0) {
      error_ = compressor->Open();
    }
  }

  ScanResult Run() {
    if (error_ != 0) return {error_, 0, 0, 0, -1};
    memory_ = ReadProcessMemory();
    hg_walk_heap(&Scanner::Begin, nullptr, this);
    if (own_modules_.runner_globals[0] != nullptr) {
      hg_walk_heap(nullptr, &Scanner::PassOverRunnerFrame, this);
    }
    hg_walk_heap(&Scanner::WriteWhatRootsReach, &Scanner::VisitUnreached, this);
    if (scan_error() == 0) {
      WriteEnd();
      output_.Finish();
    }
    return {scan_error() != 0 ? scan_error() : output_.error(),
            writer_.num_objects(), writer_.size(), output_.bytes(),
            memory_.allocated() == 0
                ? -1
                : double(writer_.allocated()) / double(memory_.allocated())};
  }

 private:
  static constexpr size_t kSmallBuffer = size_t{1} << 12;

  // Null for a dump that is not compressed.
  Compressor* CompressorFor(Compression compression) {
    switch (compression) {
      case Compression::kGzip:
        return &gzip_;
      case Compression::kZstd:
        return &zstd_;
      case Compression::kNone:
        break;
    }
    return nullptr;
  }

  // 0, or the errno of what the scan lacks.
  int scan_error() const {
    return writer_.error() != 0 ? writer_.error() : frontier_.error();
  }

  static void Begin(void* context) {
    auto* scanner = static_cast<Scanner*>(context);
    scanner->own_modules_ = FindOwnModules();
  }

  static void WriteWhatRootsReach(void* context) {
    auto* scanner = static_cast<Scanner*>(context);
    WriteHeader(scanner->memory_, &scanner->output_);
    scanner->PassOverFrames();
    WriteRoots(scanner->own_modules_, &scanner->frontier_, &scanner->output_);
    scanner->WriteFrames();
    scanner->WriteReached(false);
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

  int error_ = 0;  // Of what the scan needs to begin.
  GzipStream gzip_;
  ZstdStream zstd_;
  Output output_;
  Frontier frontier_;
  OwnModules own_modules_ = {};
  ProcessMemory memory_ = {};
  RecordWriter writer_;
};

// One pass over the heap, in memory of its own.
ScanResult RunScanner(int fd, const ScanOptions& options, KeySet* keys,
                      bool collects_keys) {
  void* memory = MapBytes(sizeof(Scanner));
  if (memory == nullptr) return {ENOMEM, 0, 0, 0, -1};
  Scanner* scanner = new (memory) Scanner(fd, options, keys, collects_keys);
  const ScanResult result = scanner->Run();
  scanner->~Scanner();
  munmap(memory, sizeof(Scanner));
  return result;
}

}  // namespace

ScanResult Scan(int fd, const ScanOptions& options) {
  if (options.value_length != 0) {
    return RunScanner(fd, options, nullptr, false);
  }
  // Which strings are keys is not known until all dictionaries were seen: the
  // first of two scans collects them.
  KeySet keys;
  if (options.low_memory) {
    const int error = keys.UseFiles();
    if (error != 0) return {error, 0, 0, 0, -1};
  }
  const ScanResult first = RunScanner(-1, options, &keys, true);
  return first.error != 0 ? first : RunScanner(fd, options, &keys, false);
}

}  // namespace heapgrind

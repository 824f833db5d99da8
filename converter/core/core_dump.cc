#include "converter/core/core_dump.h"

#include <sys/mman.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "converter/core/core_bytes.h"
#include "converter/core/core_file.h"
#include "converter/core/core_layout.h"
#include "converter/core/image_files.h"
#include "converter/core/revived_process.h"
#include "converter/files/file_source.h"
#include "converter/outside/blob_choice.h"
#include "converter/outside/blob_run.h"
#include "converter/outside/dump_check.h"
#include "converter/outside/dump_receiver.h"
#include "converter/outside/output_name.h"
#include "converter/outside/refusal.h"
#include "converter/outside/remote_memory.h"
#include "converter/outside/write_dump.h"

namespace heapgrind {
namespace {

class CoreDumping {
 public:
  CoreDumping(const std::string& source, const CoreDumpOptions& options,
              const BlobStore& blobs, OurSignals* signals, CoreBytes bytes,
              CoreFile core, ImageFiles files, Progress* progress)
      : source_(source),
        options_(options),
        blobs_(blobs),
        signals_(*signals),
        bytes_(std::move(bytes)),
        core_(std::move(core)),
        files_(std::move(files)),
        progress_(*progress) {}

  absl::StatusOr<CoreDump> Run() {
    result_.dump.output = OutputName(options_.dump.output, core_.pid);
    const absl::Status status = WriteDump(
        source_, result_.dump.output, &signals_, &progress_,
        [this](DumpOutput* output) { return ReviveAndReceive(output); });
    if (!status.ok()) return status;
    result_.is_cut_off = core_.is_cut_off;
    result_.missing = std::move(files_.missing);
    return std::move(result_);
  }

 private:
  absl::Status ReviveAndReceive(DumpOutput* output) {
    absl::Status status = Revive();
    if (status.ok()) status = Receive(output);
    process_.Kill();
    return WithGaps(status);
  }

  absl::Status Revive() {
    base_ = ChooseBase(MapOfCore(core_));
    const std::vector<CorePiece> pieces = LayOut(core_, files_);
    for (const CorePiece& piece : pieces) map_.push_back(piece.mapping);
    absl::Status status = process_.Start(base_);
    if (status.ok()) status = process_.Fill(bytes_, pieces);
    if (status.ok()) result_.absent = BytesLeftOut(core_, map_);
    return status;
  }

  // What may be why it failed.
  absl::Status WithGaps(const absl::Status& status) const {
    if (!absl::IsUnavailable(status)) return status;
    if (core_.is_cut_off)
      return Refusal(status.message(), "the core is cut off");
    if (result_.absent == 0) return status;
    return Refusal(
        status.message(),
        absl::StrCat("the core lacks ", result_.absent,
                     " bytes of "
                     "memory: the process's coredump_filter decides, "
                     "see core(5)"));
  }

  absl::Status Receive(DumpOutput* output) {
    const absl::StatusOr<BlobPipes> pipes = StartBlob();
    if (!pipes.ok()) return pipes.status();
    DumpCheck check(options_.dump.max_bytes, MostTextOfDump(SizeOfMemory()),
                    output);
    const absl::Status status =
        ReceiveDump(*pipes, options_.dump.longest_silence, &signals_, nullptr,
                    &process_, &check, &progress_);
    result_.dump.objects = check.objects();
    result_.dump.size = check.size();
    result_.dump.left_out = check.left_out();
    return status;
  }

  absl::StatusOr<BlobPipes> StartBlob() {
    const RemoteMemory memory(process_.pid());
    absl::Status status = InspectImages(memory);
    if (!status.ok()) return status;
    const absl::StatusOr<RelocatedBlob> blob =
        LoadBlob(blobs_, base_, images_, memory);
    if (!blob.ok()) return blob.status();
    absl::StatusOr<BlobPipes> pipes = OpenPipes(base_, &process_);
    if (!pipes.ok()) return pipes.status();
    AddMissing(core_, &map_);
    const absl::StatusOr<BlobStart> start =
        PlaceBlob(*blob, Facts(memory), map_, &process_);
    if (!start.ok()) return start.status();
    status = process_.Confine();
    if (!status.ok()) return status;
    process_.SetThreadPointer(core_.threads[0].fs_base);
    status = process_.RunAt(start->code, start->argument, start->stack);
    if (!status.ok()) return status;
    return pipes;
  }

  absl::Status InspectImages(const RemoteMemory& memory) {
    images_.images = FindImages(map_, memory);
    for (const LoadedImage& image : images_.images) {
      const bool is_program =
          core_.entry >= image.start && core_.entry < image.end;
      if (is_program) images_.program = image.path;
    }
    absl::StatusOr<PythonVersion> python = FindPython(images_.images, memory);
    if (!python.ok()) return python.status();
    images_.python = *std::move(python);
    return absl::OkStatus();
  }

  BlobFacts Facts(const RemoteMemory& memory) const {
    BlobFacts facts;
    facts.pid = static_cast<uint64_t>(core_.pid);
    facts.time = bytes_.time();
    facts.value_length = options_.dump.value_length;
    facts.native = options_.dump.native;
    facts.max_references = options_.dump.max_references;
    for (const CoreThread& thread : core_.threads) {
      facts.threads.push_back({thread.id, thread.fs_base});
    }
    AddImages(images_, memory, &facts);
    return facts;
  }

  uint64_t SizeOfMemory() const {
    uint64_t size = 0;
    for (const CoreSegment& segment : core_.segments) size += segment.size;
    return size;
  }

  const std::string& source_;
  const CoreDumpOptions& options_;
  const BlobStore& blobs_;
  OurSignals& signals_;
  const CoreBytes bytes_;
  const CoreFile core_;
  ImageFiles files_;
  Progress& progress_;
  uint64_t base_ = 0;
  MemoryMap map_;  // What is there; for the blob, also what is not.
  PythonImages images_;
  RevivedProcess process_;
  CoreDump result_;
};

}  // namespace

absl::StatusOr<CoreDump> DumpFromCore(const CoreDumpOptions& options,
                                      const BlobStore& blobs,
                                      OurSignals* signals, Progress* progress) {
  absl::StatusOr<CoreBytes> bytes = OpenCore(options.path, progress);
  if (!bytes.ok()) return bytes.status();
  absl::StatusOr<CoreFile> core = ParseCore(*bytes);
  const std::string source(NameOfInput(options.path));
  if (!core.ok()) return OfSource(source, core.status());
  absl::StatusOr<ImageFiles> files =
      OpenImageFiles(*core, *bytes, options.sysroot);
  if (!files.ok()) return OfSource(source, files.status());
  return CoreDumping(source, options, blobs, signals, *std::move(bytes),
                     *std::move(core), *std::move(files), progress)
      .Run();
}

}  // namespace heapgrind

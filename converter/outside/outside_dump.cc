#include "converter/outside/outside_dump.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "converter/outside/blob_run.h"
#include "converter/outside/dump_check.h"
#include "converter/outside/dump_receiver.h"
#include "converter/outside/forked_copy.h"
#include "converter/outside/output_name.h"
#include "converter/outside/refusal.h"
#include "converter/outside/stopped_threads.h"
#include "converter/outside/target.h"
#include "converter/outside/write_dump.h"

namespace heapgrind {
namespace {

constexpr std::chrono::milliseconds kLongestAttempt{500};
constexpr std::chrono::milliseconds kBetweenAttempts{20};
constexpr int kLowerPriority = 5;

class OutsideDumping {
 public:
  OutsideDumping(const std::string& source, const OutsideDumpOptions& options,
                 OurSignals* signals, Target* target, Progress* progress)
      : source_(source),
        options_(options),
        signals_(*signals),
        target_(*target),
        stopped_(target_.files, target_.trace_options),
        progress_(*progress) {}

  absl::StatusOr<OutsideDump> Run() {
    result_.output = OutputName(options_.output, options_.pid);
    const absl::Status status = WriteDump(
        source_, result_.output, &signals_, &progress_,
        [this](DumpOutput* output) { return CopyAndReceive(output); });
    if (!status.ok()) return status;
    return result_;
  }

 private:
  absl::Status CopyAndReceive(DumpOutput* output) {
    absl::Status status = Copy();
    if (status.ok()) status = Receive(output);
    CleanUp();
    return status;
  }

  // Tries to stop the process until it works: a thread may be in the midst of
  // something for some time.
  absl::Status Copy() {
    const Clock::time_point deadline = Clock::now() + options_.longest_stop;
    for (;;) {
      const absl::Status status =
          StopAndFork(std::min(deadline, Clock::now() + kLongestAttempt));
      if (!absl::IsDeadlineExceeded(status)) return status;
      if (signals_.IsInterrupted()) return absl::AbortedError("interrupted");
      if (Clock::now() >= deadline) {
        return Refusal(status.message(),
                       "try again later, or with a longer --timeout");
      }
      std::this_thread::sleep_for(kBetweenAttempts);
    }
  }

  absl::Status StopAndFork(Clock::time_point deadline) {
    const MemoryMap map = ParseMaps(target_.files.Read("maps"));
    const Clock::time_point start = Clock::now();
    absl::Status status = stopped_.StopAll(deadline);
    if (!status.ok()) return status;
    target_.status = ParseStatus(target_.files.Read("status"));
    status = copy_.Fork(stopped_, map, target_.code, target_.trace_options);
    stopped_.Detach();
    result_.stopped = Clock::now() - start;
    return status.ok() ? copy_.TakeOver(target_.trace_options) : status;
  }

  absl::Status Receive(DumpOutput* output) {
    const absl::StatusOr<BlobPipes> pipes = StartCopy();
    if (!pipes.ok()) return pipes.status();
    const uint64_t memory = target_.status.rss + target_.status.swap;
    DumpCheck check(options_.max_bytes, MostTextOfDump(memory), output);
    const absl::Status status =
        ReceiveDump(*pipes, options_.longest_silence, &signals_, &stopped_,
                    &copy_, &check, &progress_);
    result_.objects = check.objects();
    result_.size = check.size();
    result_.left_out = check.left_out();
    return status;
  }

  absl::StatusOr<BlobPipes> StartCopy() {
    const absl::StatusOr<ProcessFiles> files = ProcessFiles::Open(copy_.pid());
    if (!files.ok()) return files.status();
    MakeHumble(*files);
    const MemoryMap map = ParseMaps(files->Read("maps"));
    absl::Status status = CheckImages(map);
    if (!status.ok()) return status;
    absl::StatusOr<BlobPipes> pipes = OpenPipes(target_.base, &copy_);
    if (!pipes.ok()) return pipes.status();
    const absl::StatusOr<BlobStart> start =
        PlaceBlob(target_.blob, Facts(), map, &copy_);
    if (!start.ok()) return start.status();
    status = copy_.RunAt(start->code, start->argument, start->stack);
    if (!status.ok()) return status;
    return pipes;
  }

  // If memory or time is short, the copy is what goes first.  The soft limits
  // of the process are none for what the scanner needs.
  void MakeHumble(const ProcessFiles& files) {
    const Descriptor score = files.OpenFile("oom_score_adj", O_WRONLY);
    [[maybe_unused]] const ssize_t count = write(score.get(), "1000", 4);
    const int priority = getpriority(PRIO_PROCESS, copy_.pid());
    setpriority(PRIO_PROCESS, copy_.pid(), priority + kLowerPriority);
    for (const auto resource : {RLIMIT_AS, RLIMIT_DATA, RLIMIT_CPU}) {
      rlimit limit;
      if (prlimit(copy_.pid(), resource, nullptr, &limit) != 0) continue;
      limit.rlim_cur = limit.rlim_max;
      prlimit(copy_.pid(), resource, &limit, nullptr);
    }
  }

  // The process may have become another program just before the stop.
  absl::Status CheckImages(const MemoryMap& map) const {
    const LoadedImage& image =
        target_.process.images[target_.process.python.image];
    const Mapping* const mapping = FindMapping(map, image.start);
    if (mapping != nullptr && mapping->path == image.path) {
      return absl::OkStatus();
    }
    return Refusal("expected the program that it has run, got another one");
  }

  BlobFacts Facts() const {
    BlobFacts facts;
    facts.pid = static_cast<uint64_t>(target_.status.innermost_pid);
    facts.time = static_cast<uint64_t>(time(nullptr));
    facts.rss = target_.status.rss;
    facts.swap = target_.status.swap;
    facts.value_length = options_.value_length;
    facts.native = options_.native;
    facts.max_references = options_.max_references;
    facts.threads = copy_.threads();
    if (target_.status.innermost_pid != target_.files.pid()) {
      for (ThreadOfTarget& thread : facts.threads)
        thread.id = InnerId(thread.id);
    }
    AddImages(target_.process, RemoteMemory(options_.pid), &facts);
    return facts;
  }

  // 0 if the thread has ended.
  pid_t InnerId(pid_t thread) const {
    return ParseStatus(
               target_.files.Read(absl::StrCat("task/", thread, "/status")))
        .innermost_pid;
  }

  void CleanUp() {
    stopped_.Detach();
    if (copy_.pid() == 0) return;
    copy_.Kill();
    result_.has_left_zombie =
        !copy_.Reap(target_.files, target_.code, target_.trace_options);
  }

  const std::string& source_;
  const OutsideDumpOptions& options_;
  OurSignals& signals_;
  Target& target_;
  StoppedThreads stopped_;
  ForkedCopy copy_;
  Progress& progress_;
  OutsideDump result_;
};

}  // namespace

absl::StatusOr<OutsideDump> DumpFromOutside(const OutsideDumpOptions& options,
                                            const BlobStore& blobs,
                                            OurSignals* signals,
                                            Progress* progress) {
  const std::string source = absl::StrCat("process ", options.pid);
  absl::StatusOr<Target> target = InspectTarget(options.pid, blobs);
  if (!target.ok()) return OfSource(source, target.status());
  return OutsideDumping(source, options, signals, &*target, progress).Run();
}

}  // namespace heapgrind

#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // __WALL
#endif
#include "scan/snapshot.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <new>

#include "output/compressors.h"
#include "record/allocation_sites.h"
#include "scan/forked_copy.h"
#include "memory/mapped_array.h"
#include "memory/memory_reserve.h"
#include "scan/monotonic_clock.h"
#include "scan/scan_lock.h"
#include "scan/stopped_world.h"
#include "scan/waiting_signals.h"

namespace heapgrind {

// Where the copy says what it does.
struct Snapshot::SharedPage {
  ScanProgress progress;
  ScanResult result;
  int64_t copied_bytes;
  std::atomic<bool> is_finished;  // The two above are set.
};

// What is to be copied, and what became of it.
struct Snapshot::Copying {
  Snapshot* snapshot;
  PreparedScan* scan;
  const ScanOptions* options;
  int error;  // 0, or an errno.
};

Snapshot* Snapshot::Start(const Target& target, const ScanOptions& options,
                          int* error) {
  Snapshot* snapshot = Create();
  *error = snapshot == nullptr ? ENOMEM : 0;
  if (snapshot == nullptr) return nullptr;
  if (target.path == nullptr) {
    snapshot->file_.Borrow(target.fd);
  } else {
    *error = snapshot->file_.Open(target.path, target.if_there);
  }
  if (*error == 0) *error = snapshot->Begin(options);
  if (*error == 0) return snapshot;
  snapshot->Release();
  return nullptr;
}

Snapshot* Snapshot::Create() {
  void* memory = MapBytes(sizeof(Snapshot));
  return memory == nullptr ? nullptr : new (memory) Snapshot();
}

Snapshot::Snapshot() {
  sem_init(&is_forked_, 0, 0);
  pthread_mutex_init(&mutex_, nullptr);
  pthread_condattr_t clock;
  pthread_condattr_init(&clock);
  pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
  pthread_cond_init(&is_reaped_, &clock);
  pthread_condattr_destroy(&clock);
}

Snapshot::~Snapshot() {
  if (page_ != nullptr) munmap(page_, sizeof *page_);
  pthread_cond_destroy(&is_reaped_);
  pthread_mutex_destroy(&mutex_);
  sem_destroy(&is_forked_);
}

void Snapshot::Release() {
  if (num_owners_.fetch_sub(1) != 1) return;
  this->~Snapshot();
  munmap(this, sizeof *this);
}

int Snapshot::Begin(const ScanOptions& options) {
  const ScanLock lock;
  const double start = Now();
  int error = Map();
  // The copy cannot begin again: it works in files where memory might not do.
  MakeRoom();
  ScanOptions chosen = options;
  chosen.low_memory = options.low_memory || IsMemoryScarce();
  if (error == 0) error = Scan(chosen);
  if (error == ENOMEM && pid_ == 0) {  // There was no fork yet.
    ReleaseReserve();
    chosen.low_memory = true;
    error = page_ == nullptr ? Map() : 0;
    if (error == 0) error = Scan(chosen);
  }
  pause_ = Now() - start;
  file_.Close();
  if (error != 0) file_.Discard();
  return error;
}

// Makes the page that both will see.
int Snapshot::Map() {
  parent_ = getpid();
  void* page = mmap(nullptr, sizeof *page_, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) return ENOMEM;
  page_ = new (page) SharedPage();
  return 0;
}

// Returns 0 or an errno.
int Snapshot::Scan(const ScanOptions& options) {
  MappedObject<Compressors> compressors;
  if (compressors.Make() == nullptr) return ENOMEM;
  PreparedScan scan(file_.fd(), options,
                    compressors.get()->For(options.compression),
                    &page_->progress);
  if (scan.error() != 0) return scan.error();
  const SitesLock lock;  // In the copy nobody gives it back, or wants it.
  scan.UseSites(lock);
  scan.KeepResidentPages(options.low_memory);
  Copying copying = {this, &scan, &options, EAGAIN};
  RunInStoppedWorld({Fork, RunCopy, &copying});
  return copying.error;
}

// Returns whether this is the copy, which must not run handlers of the program:
// they would write to its pipes.
bool Snapshot::Fork(void* context) {
  auto* copying = static_cast<Copying*>(context);
  Snapshot* self = copying->snapshot;
  WaitingSignals signals;
  if (!self->StartReaper()) return false;
  const pid_t pid = ForkQuietly();
  if (pid == 0) {
    signals.WaitForEver();
    return true;
  }
  copying->error = pid < 0 ? errno : 0;
  self->pid_ = pid;
  sem_post(&self->is_forked_);
  return false;
}

void Snapshot::RunCopy(void* context, int error) {
  auto* copying = static_cast<Copying*>(context);
  Snapshot* self = copying->snapshot;
  DescriptorList kept = {};
  kept.Add(self->file_.fd());
  copying->scan->AddDescriptors(&kept);
  BecomeForkedCopy(kept, copying->options->near_limit);
  ScanResult result = {error, 0, 0, 0, -1, 0, 0};
  if (error == 0) result = copying->scan->Run();
  self->Finish(result);
}

void Snapshot::Finish(ScanResult result) {
  const int close_error = file_.Close();
  if (result.error == 0) result.error = close_error;
  if (result.error == 0) result.error = file_.Commit();
  if (result.error != 0) file_.Discard();
  page_->result = result;
  page_->copied_bytes = CopiedBytes();
  page_->is_finished.store(true, std::memory_order_release);
  _exit(0);
}

// Makes the thread that waits for the copy, before there is one: without the
// thread there must be none.
bool Snapshot::StartReaper() {
  constexpr size_t kStackBytes = size_t{1} << 17;  // Holds thread-local data.
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, kStackBytes);
  pthread_t thread;
  num_owners_.fetch_add(1);
  const int error = pthread_create(&thread, &attributes, RunReaper, this);
  if (error != 0) num_owners_.fetch_sub(1);
  pthread_attr_destroy(&attributes);
  return error == 0;
}

void* Snapshot::RunReaper(void* snapshot) {
  auto* self = static_cast<Snapshot*>(snapshot);
  while (sem_wait(&self->is_forked_) != 0) continue;
  if (self->pid_ > 0) self->Reap();
  self->Release();
  return nullptr;
}

void Snapshot::Reap() {
  int status = 0;
  pid_t pid;
  do {
    pid = waitpid(pid_, &status, __WALL);
  } while (pid < 0 && errno == EINTR);
  if (!page_->is_finished.load(std::memory_order_acquire)) file_.Discard();
  pthread_mutex_lock(&mutex_);
  was_reaped_ = true;
  wait_status_ = pid < 0 ? 0 : status;  // Somebody else may have waited.
  pthread_cond_broadcast(&is_reaped_);
  pthread_mutex_unlock(&mutex_);
}

// In a process that the program has forked itself there is no reaper.
bool Snapshot::IsDone() {
  if (getpid() != parent_) {
    return page_->is_finished.load(std::memory_order_acquire) ||
           kill(pid_, 0) != 0;
  }
  pthread_mutex_lock(&mutex_);
  const bool is_done = was_reaped_;
  pthread_mutex_unlock(&mutex_);
  return is_done;
}

SnapshotState Snapshot::state() {
  SnapshotState state = {};
  state.is_done = IsDone();
  state.copied_bytes = -1;
  if (page_->is_finished.load(std::memory_order_acquire)) {
    state.result = page_->result;
    state.error = page_->result.error;
    state.copied_bytes = page_->copied_bytes;
    return state;
  }
  state.result.num_objects = page_->progress.num_objects;
  state.result.dump_bytes = page_->progress.dump_bytes;
  state.result.explained = -1;
  if (state.is_done) {
    state.error = ECHILD;
    const bool is_known = getpid() == parent_ && WIFSIGNALED(wait_status_);
    state.signal_number = is_known ? WTERMSIG(wait_status_) : 0;
  }
  return state;
}

bool Snapshot::Wait(double seconds) {
  if (getpid() != parent_) {
    struct timespec moment = {0, 10000000};
    for (const double end = Now() + seconds; !IsDone() && Now() < end;) {
      nanosleep(&moment, nullptr);
    }
    return IsDone();
  }
  const struct timespec end = AfterSeconds(std::min(seconds, 1e9));
  pthread_mutex_lock(&mutex_);
  int error = 0;
  while (!was_reaped_ && error != ETIMEDOUT) {
    error = pthread_cond_timedwait(&is_reaped_, &mutex_, &end);
  }
  const bool is_done = was_reaped_;
  pthread_mutex_unlock(&mutex_);
  return is_done;
}

}  // namespace heapgrind

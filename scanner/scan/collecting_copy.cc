#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // pipe2, __WALL
#endif
#include "scan/collecting_copy.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scan/forked_copy.h"
#include "scan/waiting_signals.h"

namespace heapgrind {

// The last word that a copy writes: no object's address.
static PyObject* const kEnd = nullptr;

// The copy has the program's handlers, and must not run them.
int CollectingCopy::Make() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
  num_told_ = 0;
  WaitingSignals signals;
  pid_ = ForkQuietly();
  const int error = pid_ < 0 ? errno : 0;
  is_this_ = pid_ == 0;
  if (is_this_) {
    signals.WaitForEver();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NAME, "heapgrind");
  }
  descriptor_ = ends[is_this_ ? 1 : 0];
  close(ends[is_this_ ? 0 : 1]);
  if (error != 0) close(descriptor_);
  return error;
}

void CollectingCopy::Tell(PyObject* object) {
  told_[num_told_++] = object;
  if (num_told_ == kMostTold) Write();
}

void CollectingCopy::End() {
  Tell(kEnd);
  Write();
  _exit(0);
}

// Up to PIPE_BUF bytes go in whole.
void CollectingCopy::Write() {
  static_assert(kMostTold * sizeof told_[0] <= PIPE_BUF, "pipe(7)");
  const size_t bytes = num_told_ * sizeof told_[0];
  num_told_ = 0;
  if (bytes == 0) return;
  if (write(descriptor_, told_, bytes) != static_cast<ssize_t>(bytes)) _exit(1);
}

int CollectingCopy::Read(int seconds, MappedArray<PyObject*>* objects) {
  int error = 0;
  while (ReadSome(seconds, objects, &error)) continue;
  if (error != 0) kill(pid_, SIGKILL);
  while (waitpid(pid_, nullptr, __WALL) < 0 && errno == EINTR) continue;
  close(descriptor_);
  return error;
}

// A pipe gives whole words: nothing else was written.
bool CollectingCopy::ReadSome(int seconds, MappedArray<PyObject*>* objects,
                              int* error) {
  struct pollfd input = {descriptor_, POLLIN, 0};
  const int num_ready = poll(&input, 1, seconds * 1000);
  if (num_ready < 0 && errno == EINTR) return true;
  const ssize_t bytes =
      num_ready > 0 ? read(descriptor_, told_, sizeof told_) : 0;
  if (bytes < 0 && errno == EINTR) return true;
  *error = bytes > 0 ? 0 : ETIMEDOUT;
  const size_t count = bytes > 0 ? bytes / sizeof told_[0] : 0;
  for (size_t i = 0; i < count && *error == 0; ++i) {
    if (told_[i] == kEnd) return false;
    if (!objects->Append(told_[i])) *error = ENOMEM;
  }
  return *error == 0;
}

}  // namespace heapgrind

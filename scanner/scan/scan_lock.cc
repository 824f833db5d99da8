#include "scan/scan_lock.h"

#include <pthread.h>

#include "cpython/compat.h"

namespace heapgrind {

#ifdef Py_GIL_DISABLED

namespace {

PyMutex mutex;

void FreeInChild() { mutex = {}; }

bool PrepareForForks() { return pthread_atfork(nullptr, nullptr, FreeInChild) == 0; }

}  // namespace

ScanLock::ScanLock() {
  static const bool is_prepared = PrepareForForks();
  (void)is_prepared;
  PyMutex_Lock(&mutex);
}

ScanLock::~ScanLock() { PyMutex_Unlock(&mutex); }

#else

ScanLock::ScanLock() {}
ScanLock::~ScanLock() {}

#endif

}  // namespace heapgrind

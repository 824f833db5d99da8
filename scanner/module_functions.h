// The functions of the Python module heapgrind._scanner.

#ifndef HEAPGRIND_SCANNER_MODULE_FUNCTIONS_H_
#define HEAPGRIND_SCANNER_MODULE_FUNCTIONS_H_

#include "cpython/compat.h"
#include "scan.h"
#include "snapshot.h"

namespace heapgrind {

// What `scan` and `fork_scan` take: (target, keeps_old, values, max_references,
// max_bytes, low_memory, compression).
struct ScanArguments {
  Snapshot::Target target;
  ScanOptions options;
};

// False with an exception set.
bool ParseScanArguments(PyObject* arguments, ScanArguments* parsed);

// Sets the exception of an errno: MemoryError or OSError.  Returns null.
PyObject* RaiseError(int error);

extern const char kScanDoc[];
PyObject* ScanFunction(PyObject*, PyObject* arguments);

extern const char kForkScanDoc[];
PyObject* ForkScanFunction(PyObject*, PyObject* arguments);

extern const char kSnapshotStateDoc[];
PyObject* SnapshotStateFunction(PyObject*, PyObject* snapshot);

extern const char kSnapshotWaitDoc[];
PyObject* SnapshotWaitFunction(PyObject*, PyObject* arguments);

extern const char kStartAgentDoc[];
PyObject* StartAgentFunction(PyObject*, PyObject* arguments);

extern const char kWatchDoc[];
PyObject* WatchFunction(PyObject*, PyObject* arguments);

extern const char kStopWatchingDoc[];
PyObject* StopWatchingFunction(PyObject*, PyObject*);

extern const char kPauseWatchingDoc[];
PyObject* PauseWatchingFunction(PyObject*, PyObject*);

extern const char kResumeWatchingDoc[];
PyObject* ResumeWatchingFunction(PyObject*, PyObject*);

extern const char kOwnsSignalDoc[];
PyObject* OwnsSignalFunction(PyObject*, PyObject*);

extern const char kTakeSignalsDoc[];
PyObject* TakeSignalsFunction(PyObject*, PyObject*);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_MODULE_FUNCTIONS_H_

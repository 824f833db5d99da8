// The functions of the Python module heapgrind._scanner.

#ifndef HEAPGRIND_SCANNER_MODULE_MODULE_FUNCTIONS_H_
#define HEAPGRIND_SCANNER_MODULE_MODULE_FUNCTIONS_H_

#include "cpython/compat.h"
#include "scan/scan.h"
#include "scan/snapshot.h"

namespace heapgrind {

// proof.cc: whether this interpreter is laid out as the headers say from which
// the module was built; takes some microseconds.  False with an ImportError
// set.
bool ProveLayouts();

// What `scan` and `fork_scan` take: (target, keeps_old, values, max_references,
// max_bytes, low_memory, native, compression, near_limit).
struct ScanArguments {
  Snapshot::Target target;
  ScanOptions options;
};

// False with an exception set.
bool ParseScanArguments(PyObject* arguments, ScanArguments* parsed);

// Sets the exception of an errno: MemoryError or OSError.  Returns null.
PyObject* RaiseError(int error);

// The same for a file: says so if it is somebody else's.
PyObject* RaiseFileError(int error, const DumpFile& file);

// Opens what a dump is written to, and lets other threads go on while it waits
// for the reader of a pipe.  False with an exception set.
bool OpenTarget(const Snapshot::Target& target, DumpFile* file);

extern const char kScanDoc[];
PyObject* ScanFunction(PyObject*, PyObject* arguments);

extern const char kForkScanDoc[];
PyObject* ForkScanFunction(PyObject*, PyObject* arguments);

extern const char kSnapshotStateDoc[];
PyObject* SnapshotStateFunction(PyObject*, PyObject* snapshot);

extern const char kSnapshotWaitDoc[];
PyObject* SnapshotWaitFunction(PyObject*, PyObject* arguments);

extern const char kOpenFileDoc[];
PyObject* OpenFileFunction(PyObject*, PyObject* arguments);

extern const char kWriteFileDoc[];
PyObject* WriteFileFunction(PyObject*, PyObject* arguments);

extern const char kCloseFileDoc[];
PyObject* CloseFileFunction(PyObject*, PyObject* arguments);

extern const char kCheckFileDoc[];
PyObject* CheckFileFunction(PyObject*, PyObject* arguments);

extern const char kClaimHookDoc[];
PyObject* ClaimHookFunction(PyObject*, PyObject* claims);

extern const char kMallocBytesDoc[];
PyObject* MallocBytesFunction(PyObject*, PyObject*);

extern const char kMemoryUseDoc[];
PyObject* MemoryUseFunction(PyObject*, PyObject* root);

extern const char kMakeRoomDoc[];
PyObject* MakeRoomFunction(PyObject*, PyObject*);

extern const char kSetExitStatusDoc[];
PyObject* SetExitStatusFunction(PyObject*, PyObject* status);

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

#endif  // HEAPGRIND_SCANNER_MODULE_MODULE_FUNCTIONS_H_

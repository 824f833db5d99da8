// heapgrind._scanner.fork_scan and what tells of its snapshots; and the same
// for C.

#include <errno.h>

#include "heapgrind_snapshot.h"
#include "module/module_functions.h"

namespace heapgrind {

const char kForkScanDoc[] =
    "fork_scan(target, keeps_old, ...)\n--\n\n"
    "Like scan, in a forked copy of this process.\n"
    "Returns (snapshot, pid, pause): what the functions below take, the "
    "number\n"
    "of the copy, and how long this process was stopped, in seconds.\n"
    "Raises OSError if there can be no copy or no file, or MemoryError.";

const char kSnapshotStateDoc[] =
    "snapshot_state(snapshot)\n--\n\n"
    "Returns (is_done, error, signal, objects, size, dump_bytes, explained,\n"
    "left_out, copied_bytes).  `error` is an errno or 0; `signal` the one "
    "that\n"
    "killed the copy or 0; copied_bytes -1 if it is not known.";

const char kSnapshotWaitDoc[] =
    "snapshot_wait(snapshot, seconds)\n--\n\n"
    "Waits until the snapshot is done, at most so long; says whether it is.";

namespace {

constexpr char kCapsuleName[] = "heapgrind._scanner.snapshot";

Snapshot* SnapshotOf(PyObject* capsule) {
  return static_cast<Snapshot*>(PyCapsule_GetPointer(capsule, kCapsuleName));
}

Compression CompressionOf(int flags) {
  if ((flags & HEAPGRIND_GZIP) != 0) return Compression::kGzip;
  return (flags & HEAPGRIND_ZSTD) != 0 ? Compression::kZstd
                                       : Compression::kNone;
}

void ReleaseCapsule(PyObject* capsule) { SnapshotOf(capsule)->Release(); }

}  // namespace

PyObject* ForkScanFunction(PyObject*, PyObject* arguments) {
  ScanArguments parsed;
  if (!ParseScanArguments(arguments, &parsed)) return nullptr;
  Snapshot* snapshot = Snapshot::Create();
  if (snapshot == nullptr) return RaiseError(ENOMEM);
  const bool is_open = OpenTarget(parsed.target, snapshot->file());
  const int error = is_open ? snapshot->Begin(parsed.options) : 0;
  if (!is_open || error != 0) {
    snapshot->Release();
    return is_open ? RaiseError(error) : nullptr;
  }
  PyObject* capsule = PyCapsule_New(snapshot, kCapsuleName, ReleaseCapsule);
  if (capsule == nullptr) {
    snapshot->Release();
    return nullptr;
  }
  return Py_BuildValue("Nid", capsule, static_cast<int>(snapshot->pid()),
                       snapshot->pause());
}

PyObject* SnapshotStateFunction(PyObject*, PyObject* capsule) {
  Snapshot* snapshot = SnapshotOf(capsule);
  if (snapshot == nullptr) return nullptr;
  const SnapshotState state = snapshot->state();
  const ScanResult& result = state.result;
  return Py_BuildValue(
      "NiiKKKdKL", PyBool_FromLong(state.is_done), state.error,
      state.signal_number, static_cast<unsigned long long>(result.num_objects),
      static_cast<unsigned long long>(result.size),
      static_cast<unsigned long long>(result.dump_bytes), result.explained,
      static_cast<unsigned long long>(result.num_left_out),
      static_cast<long long>(state.copied_bytes));
}

PyObject* SnapshotWaitFunction(PyObject*, PyObject* arguments) {
  PyObject* capsule;
  double seconds;
  if (!PyArg_ParseTuple(arguments, "Od:snapshot_wait", &capsule, &seconds)) {
    return nullptr;
  }
  Snapshot* snapshot = SnapshotOf(capsule);
  if (snapshot == nullptr) return nullptr;
  bool is_done;
  Py_BEGIN_ALLOW_THREADS;
  is_done = snapshot->Wait(seconds);
  Py_END_ALLOW_THREADS;
  return PyBool_FromLong(is_done);
}

}  // namespace heapgrind

extern "C" __attribute__((visibility("default"))) int heapgrind_snapshot(
    const char* path, size_t value_length, size_t max_references,
    uint64_t max_bytes, int flags) {
  using heapgrind::DumpFile;
  using heapgrind::Native;
  using heapgrind::Snapshot;
  const Native native = (flags & HEAPGRIND_NATIVE_GROUPS) != 0 ? Native::kGroups
                        : (flags & HEAPGRIND_NATIVE) != 0 ? Native::kEachBlock
                                                          : Native::kNo;
  const heapgrind::ScanOptions options = {
      value_length, max_references,
      max_bytes,    (flags & HEAPGRIND_LOW_MEMORY) != 0,
      native,       heapgrind::CompressionOf(flags),
      false};
  const auto if_there = (flags & HEAPGRIND_KEEP_OLD) != 0
                            ? DumpFile::IfThere::kKeep
                            : DumpFile::IfThere::kReplace;
  int error = 0;
  Snapshot* snapshot = Snapshot::Start({path, if_there, -1}, options, &error);
  if (snapshot == nullptr) return -error;
  const int pid = snapshot->pid();
  snapshot->Release();
  return pid;
}

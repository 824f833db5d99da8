// heapgrind._scanner.scan, and what it has in common with fork_scan.

#include <errno.h>
#include <string.h>

#include "output/compressors.h"
#include "output/dump_file.h"
#include "record/allocation_sites.h"
#include "memory/memory_reserve.h"
#include "scan/monotonic_clock.h"
#include "scan/scan_lock.h"
#include "scan/stopped_world.h"
#include "module/module_functions.h"

namespace heapgrind {

const char kScanDoc[] =
    "scan(target, keeps_old, value_length, max_references, max_bytes, "
    "low_memory, native, compression, near_limit)\n--\n\n"
    "Writes a heap dump of this process to `target`: a file descriptor, or a\n"
    "path (bytes) of a file that is there when it is whole, and which "
    "replaces\n"
    "an old one unless `keeps_old`.\n\n"
    "At most `value_length` characters of each string are written; 0: of keys\n"
    "alone.  `max_references`: of those without names, in a record; 0: any\n"
    "number.  `max_bytes`: of the file; 0: any number.  `low_memory`: works "
    "in\n"
    "temporary files.  `native`: fork_scan follows native memory.\n"
    "`compression`: 0 none, 1 gzip, 2 zstd.  `near_limit`: memory is about to\n"
    "run out, so the page cache of the dump is given back.\n"
    "Returns (objects, size, dump_bytes, explained, left_out, seconds);\n"
    "explained is -1 where the allocators do not say what they have handed "
    "out;\n"
    "for so long the process stood.\n"
    "Raises OSError if the dump cannot be written, MemoryError if the scan\n"
    "gets no memory even for temporary files; what was written to a "
    "descriptor\n"
    "until then has no end record.";

PyObject* RaiseError(int error) {
  if (error == ENOMEM) return PyErr_NoMemory();
  errno = error;
  return PyErr_SetFromErrno(PyExc_OSError);
}

PyObject* RaiseFileError(int error, const DumpFile& file) {
  if (!file.is_foreign() && error != ENXIO) return RaiseError(error);
  const char* text =
      error == ENXIO
          ? "expected a file or a pipe with a reader, got a socket or device"
          : "it belongs to another user, in a folder where everybody may write";
  PyObject* values = Py_BuildValue("(is)", error, text);
  if (values == nullptr) return nullptr;
  PyErr_SetObject(PyExc_OSError, values);
  Py_DECREF(values);
  return nullptr;
}

bool OpenTarget(const Snapshot::Target& target, DumpFile* file) {
  if (target.path == nullptr) {
    file->Borrow(target.fd);
    return true;
  }
  while (true) {
    int error;
    Py_BEGIN_ALLOW_THREADS;
    error = file->Open(target.path, target.if_there);
    Py_END_ALLOW_THREADS;
    if (error == 0) return true;
    if (error == EINTR && PyErr_CheckSignals() == 0) continue;
    if (error != EINTR) RaiseFileError(error, *file);
    return false;
  }
}

bool ParseScanArguments(PyObject* arguments, ScanArguments* parsed) {
  PyObject* target;
  int keeps_old;
  Py_ssize_t value_length;
  Py_ssize_t max_references;
  unsigned long long max_bytes;
  int low_memory;
  int native;
  int compression;
  int near_limit;
  if (!PyArg_ParseTuple(arguments, "OinnKiiii", &target, &keeps_old,
                        &value_length, &max_references, &max_bytes, &low_memory,
                        &native, &compression, &near_limit)) {
    return false;
  }
  const bool is_path = PyBytes_Check(target);
  if (is_path && strlen(PyBytes_AS_STRING(target)) !=
                     static_cast<size_t>(PyBytes_GET_SIZE(target))) {
    PyErr_SetString(PyExc_ValueError,
                    "expected a path, got one with a null byte");
    return false;
  }
  const long fd = is_path ? -1 : PyLong_AsLong(target);
  if (fd == -1 && PyErr_Occurred()) return false;
  parsed->target = {
      is_path ? PyBytes_AS_STRING(target) : nullptr,
      keeps_old ? DumpFile::IfThere::kKeep : DumpFile::IfThere::kReplace,
      static_cast<int>(fd)};
  const auto at_least_zero = [](Py_ssize_t number) {
    return static_cast<size_t>(number < 0 ? 0 : number);
  };
  parsed->options = {at_least_zero(value_length),
                     at_least_zero(max_references),
                     max_bytes,
                     low_memory != 0,
                     static_cast<Native>(native),
                     static_cast<Compression>(compression),
                     near_limit != 0};
  return true;
}

namespace {

struct Scanning {
  PreparedScan* scan;
  ScanResult result;
};

bool BeginScan(void*) { return true; }

void RunScan(void* context, int error) {
  auto* scanning = static_cast<Scanning*>(context);
  scanning->result.error = error;
  if (error == 0) scanning->result = scanning->scan->Run();
}

// Writes a dump of this process to `fd`.
ScanResult Scan(int fd, const ScanOptions& options) {
  MappedObject<Compressors> compressors;
  if (compressors.Make() == nullptr) return {ENOMEM, 0, 0, 0, -1, 0, 0};
  PreparedScan scan(fd, options, compressors.get()->For(options.compression),
                    nullptr);
  if (scan.error() != 0) return {scan.error(), 0, 0, 0, -1, 0, 0};
  const SitesLock lock;
  scan.UseSites(lock);
  Scanning scanning = {&scan, {0, 0, 0, 0, -1, 0, 0}};
  RunInStoppedWorld({BeginScan, RunScan, &scanning});
  return scanning.result;
}

// In memory if there is enough of it, else in temporary files.
ScanResult ScanTo(DumpFile* file, const ScanOptions& options) {
  const ScanLock lock;
  MakeRoom();
  ScanOptions chosen = options;
  chosen.low_memory = options.low_memory || IsMemoryScarce();
  const ScanResult result = Scan(file->fd(), chosen);
  if (result.error != ENOMEM) return result;
  if (result.dump_bytes > 0 && file->Rewind() != 0) return result;
  ReleaseReserve();
  chosen.low_memory = true;
  return Scan(file->fd(), chosen);
}

ScanResult ScanAndCommit(DumpFile* file, const ScanOptions& options) {
  ScanResult result = ScanTo(file, options);
  const int close_error = file->Close();
  if (result.error == 0) result.error = close_error;
  if (result.error == 0) result.error = file->Commit();
  if (result.error != 0) file->Discard();
  return result;
}

}  // namespace

PyObject* ScanFunction(PyObject*, PyObject* arguments) {
  ScanArguments parsed;
  DumpFile file;
  if (!ParseScanArguments(arguments, &parsed) ||
      !OpenTarget(parsed.target, &file)) {
    return nullptr;
  }
  const double start = Now();
  const ScanResult result = ScanAndCommit(&file, parsed.options);
  if (result.error != 0) return RaiseError(result.error);
  return Py_BuildValue(
      "KKKdKd", static_cast<unsigned long long>(result.num_objects),
      static_cast<unsigned long long>(result.size),
      static_cast<unsigned long long>(result.dump_bytes), result.explained,
      static_cast<unsigned long long>(result.num_left_out), Now() - start);
}

}  // namespace heapgrind

// The functions of heapgrind._scanner by which Python writes a file of its own
// as the scanner writes dumps.

#include <errno.h>
#include <string.h>

#include <new>
#include <optional>

#include "output/dump_file.h"
#include "memory/mapped_array.h"
#include "module/module_functions.h"
#include "output/output.h"

namespace heapgrind {

const char kOpenFileDoc[] =
    "open_file(path, keeps_old)\n--\n\n"
    "Opens a file that gets its name (bytes) when it is whole; see scan.\n"
    "Returns what the functions below take.  Raises OSError, MemoryError.";

const char kWriteFileDoc[] =
    "write_file(file, data)\n--\n\n"
    "Adds bytes.  Raises OSError.";

const char kCloseFileDoc[] =
    "close_file(file, is_whole)\n--\n\n"
    "Gives the file its name, or removes it.  Must be called once.\n"
    "Raises OSError; then it was removed.";

const char kCheckFileDoc[] =
    "check_file(path, keeps_old)\n--\n\n"
    "Raises the OSError that open_file would, and if there is no room.\n"
    "Leaves nothing behind, and waits for nobody.";

namespace {

constexpr char kCapsuleName[] = "heapgrind._scanner.file";

// A file that is being written.
class WrittenFile {
 public:
  DumpFile* file() { return &file_; }

  // After the file was opened.
  void Begin() {
    output_.emplace(file_.fd(), Output::kBufferBytes, nullptr, 0, false);
  }

  int Write(const char* start, size_t bytes) {
    output_->Text({start, bytes});
    return output_->error();
  }

  int Close(bool is_whole) {
    if (is_whole) output_->Finish();
    int error = is_whole ? output_->error() : 0;
    const int close_error = file_.Close();
    if (error == 0) error = close_error;
    if (error == 0 && is_whole) error = file_.Commit();
    if (error != 0 || !is_whole) file_.Discard();
    return error;
  }

 private:
  DumpFile file_;
  std::optional<Output> output_;  // There from Begin on.
};

// With the destructor's work; `new` is not for memory of ours.
void Delete(WrittenFile* written) {
  written->~WrittenFile();
  munmap(written, sizeof *written);
}

void DeleteCapsule(PyObject* capsule) {
  void* written = PyCapsule_GetPointer(capsule, kCapsuleName);
  Delete(static_cast<WrittenFile*>(written));
}

WrittenFile* FileOf(PyObject* capsule) {
  return static_cast<WrittenFile*>(PyCapsule_GetPointer(capsule, kCapsuleName));
}

bool IsPath(PyObject* path) {
  if (PyBytes_Check(path) && strlen(PyBytes_AS_STRING(path)) ==
                                 static_cast<size_t>(PyBytes_GET_SIZE(path))) {
    return true;
  }
  PyErr_SetString(PyExc_ValueError, "expected a path without a null byte");
  return false;
}

Snapshot::Target TargetOf(PyObject* path, int keeps_old) {
  return {PyBytes_AS_STRING(path),
          keeps_old ? DumpFile::IfThere::kKeep : DumpFile::IfThere::kReplace,
          -1};
}

PyObject* RaiseUnlessZero(int error) {
  if (error != 0) return RaiseError(error);
  Py_RETURN_NONE;
}

}  // namespace

PyObject* OpenFileFunction(PyObject*, PyObject* arguments) {
  PyObject* path;
  int keeps_old;
  if (!PyArg_ParseTuple(arguments, "Oi:open_file", &path, &keeps_old) ||
      !IsPath(path)) {
    return nullptr;
  }
  void* memory = MapBytes(sizeof(WrittenFile));
  if (memory == nullptr) return PyErr_NoMemory();
  auto* written = new (memory) WrittenFile;
  if (!OpenTarget(TargetOf(path, keeps_old), written->file())) {
    Delete(written);
    return nullptr;
  }
  written->Begin();
  PyObject* capsule = PyCapsule_New(written, kCapsuleName, DeleteCapsule);
  if (capsule == nullptr) {
    written->Close(false);
    Delete(written);
  }
  return capsule;
}

PyObject* WriteFileFunction(PyObject*, PyObject* arguments) {
  PyObject *capsule, *data;
  if (!PyArg_ParseTuple(arguments, "OS:write_file", &capsule, &data)) {
    return nullptr;
  }
  WrittenFile* written = FileOf(capsule);
  if (written == nullptr) return nullptr;
  return RaiseUnlessZero(
      written->Write(PyBytes_AS_STRING(data), PyBytes_GET_SIZE(data)));
}

PyObject* CloseFileFunction(PyObject*, PyObject* arguments) {
  PyObject* capsule;
  int is_whole;
  if (!PyArg_ParseTuple(arguments, "Oi:close_file", &capsule, &is_whole)) {
    return nullptr;
  }
  WrittenFile* written = FileOf(capsule);
  if (written == nullptr) return nullptr;
  return RaiseUnlessZero(written->Close(is_whole != 0));
}

PyObject* CheckFileFunction(PyObject*, PyObject* arguments) {
  PyObject* path;
  int keeps_old;
  if (!PyArg_ParseTuple(arguments, "Oi:check_file", &path, &keeps_old) ||
      !IsPath(path)) {
    return nullptr;
  }
  const Snapshot::Target target = TargetOf(path, keeps_old);
  DumpFile file;
  const int error = file.Check(target.path, target.if_there);
  if (error != 0) return RaiseFileError(error, file);
  Py_RETURN_NONE;
}

}  // namespace heapgrind

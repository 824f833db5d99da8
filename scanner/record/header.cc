#include "record/definition.h"
#include "output/json_text.h"
#include "record/record_writer.h"
#include "record/roots.h"
#include "version.h"

namespace heapgrind {
namespace {

// Leaves out what is no string; a program may put anything there.
void WriteArguments(PyObject* argv, Output* output) {
  if (argv == nullptr || !PyList_Check(argv)) return;
  output->Text(", \"argv\": [");
  bool is_first = true;
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(argv); ++i) {
    PyObject* argument = PyList_GET_ITEM(argv, i);
    if (argument == nullptr || !IsTextObject(argument)) continue;
    if (!is_first) output->Text(", ");
    is_first = false;
    WriteTextObject(argument, output);
  }
  output->Byte(']');
}

void WriteNumberKey(std::string_view key, uint64_t number, Output* output) {
  WriteKey(key, output);
  output->Number(number);
}

void WriteMemory(const hg_process& process, Output* output) {
  WriteNumberUnlessZero("pymalloc_arenas", process.pymalloc_arenas, output);
  WriteNumberUnlessZero("pymalloc_used", process.pymalloc_used, output);
  WriteNumberUnlessZero("pymalloc_free", process.pymalloc_free, output);
  WriteNumberUnlessZero("malloc_used", process.malloc_used, output);
  WriteNumberUnlessZero("malloc_free", process.malloc_free, output);
  WriteNumberUnlessZero("malloc_mapped", process.malloc_mapped, output);
}

// The number that sys.version begins with.
std::string_view PythonVersion() {
  const std::string_view version = hg_python_version();
  return version.substr(0, version.find(' '));
}

}  // namespace

void WriteHeader(const hg_process& process, bool reads_sys, Output* output) {
  PyObject* sys = reads_sys ? hg_sys_dict() : nullptr;
  output->Text("{\"heapgrind\": 2, \"scanner\": ");
  WriteUtf8(kVersion, output);
  output->Text(", \"python\": ");
  WriteUtf8(reads_sys ? PythonVersion() : PY_VERSION, output);
  WriteNumberKey("pid", process.pid, output);
  WriteArguments(hg_dict_value(sys, "argv"), output);
  WriteTextKey("executable", hg_dict_value(sys, "executable"), output);
  WriteNumberKey("time", process.time, output);
  if (hg_stopped_where() != nullptr) {
    output->Text(", \"stopped\": ");
    WriteUtf8(hg_stopped_where(), output);
  }
  WriteNumberUnlessZero("rss", process.resident, output);
  WriteNumberUnlessZero("swap", process.swapped, output);
  WriteNumberKey("pointer_size", sizeof(void*), output);
  WriteMemory(process, output);
  output->Text("}\n");
  output->Keep();
}

}  // namespace heapgrind

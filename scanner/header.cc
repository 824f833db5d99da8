#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>

#include "definition.h"
#include "json_text.h"
#include "roots.h"
#include "version.h"

namespace heapgrind {
namespace {

// Resident memory in bytes: the second number of /proc/self/statm is pages.
// 0 if the system does not say.
uint64_t ResidentBytes() {
  const int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  char text[128];
  const ssize_t length = read(fd, text, sizeof text - 1);
  close(fd);
  if (length <= 0) return 0;
  text[length] = '\0';
  char* second = nullptr;
  strtoull(text, &second, 10);
  return strtoull(second, nullptr, 10) * sysconf(_SC_PAGESIZE);
}

void WriteTextKey(std::string_view key, PyObject* text, Output* output) {
  if (text == nullptr || !IsTextObject(text)) return;
  output->Text(", \"");
  output->Text(key);
  output->Text("\": ");
  WriteTextObject(text, output);
}

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
  output->Text(", \"");
  output->Text(key);
  output->Text("\": ");
  output->Number(number);
}

// Py_GetVersion begins with the number that sys.version begins with.
std::string_view PythonVersion() {
  const std::string_view version = Py_GetVersion();
  return version.substr(0, version.find(' '));
}

}  // namespace

void WriteHeader(Output* output) {
  PyObject* sys = hg_sys_dict();
  output->Text("{\"heapgrind\": 1, \"scanner\": ");
  WriteUtf8(kVersion, output);
  output->Text(", \"python\": ");
  WriteUtf8(PythonVersion(), output);
  WriteNumberKey("pid", getpid(), output);
  WriteArguments(hg_dict_value(sys, "argv"), output);
  WriteTextKey("executable", hg_dict_value(sys, "executable"), output);
  WriteNumberKey("time", time(nullptr), output);
  const uint64_t resident = ResidentBytes();
  if (resident != 0) WriteNumberKey("rss", resident, output);
  WriteNumberKey("pointer_size", sizeof(void*), output);
  output->Text("}\n");
}

}  // namespace heapgrind

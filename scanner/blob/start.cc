// Where a blob begins: it looks around, proves that it knows what it finds, and
// scans.

#include <cstring>

#include "blob/input.h"
#include "cpython/compat.h"
#include "cpython/proof.h"
#include "record/allocation_sites.h"
#include "scan/scan.h"

const hg_blob_input* hg_input;

void hg_refuse(const char* why) {
  // One write, so that it is one line.
  char line[512];
  const size_t length = strlen(why) < sizeof line - 1 ? strlen(why) : 0;
  memcpy(line, why, length);
  line[length] = '\n';
  hg_call(1, hg_input->message_fd, reinterpret_cast<long>(line),
          static_cast<long>(length + 1), 0, 0, 0);
  hg_exit(1);
}

namespace heapgrind {
namespace {

// Of a class that a class statement made; each Python has one of these.
bool LearnClass() {
  const struct {
    const char* module;
    const char* name;
  } classes[] = {{"_frozen_importlib", "ModuleSpec"}, {"codecs", "CodecInfo"}};
  for (const auto& known : classes) {
    PyObject* module = hg_dict_value(hg_modules(), known.module);
    if (module == nullptr || !PyModule_Check(module)) continue;
    PyObject* cls = hg_dict_value(hg_module_dict(module), known.name);
    if (cls == nullptr || !PyType_Check(cls)) continue;
    auto* type = reinterpret_cast<PyTypeObject*>(cls);
    if ((type->tp_flags & Py_TPFLAGS_HEAPTYPE) == 0) continue;
    hg_learn_class(type);
    return true;
  }
  return false;
}

// "`mismatch`, in the scanner for Python 3.11.2".
const char* Refusal(const char* mismatch) {
  static const char kScanner[] = ", in the scanner for Python " PY_VERSION;
  static char line[400];
  const size_t length = strlen(mismatch);
  if (length + sizeof kScanner > sizeof line) return mismatch;
  memcpy(line, mismatch, length);
  memcpy(line + length, kScanner, sizeof kScanner);
  return line;
}

struct Preparation {
  const char* refusal;
};

// Under guard: what is not laid out as expected may fault.
void Prepare(void* context) {
  auto* preparation = static_cast<Preparation*>(context);
  hg_learn_images();
  const char* mismatch = hg_find_mismatch();
  if (mismatch != nullptr) {
    preparation->refusal = Refusal(mismatch);
    return;
  }
  if (!LearnClass()) {
    preparation->refusal = "found no class of the standard library";
    return;
  }
  hg_learn_singletons();
}

[[noreturn]] void ScanAll() {
  ScanOptions options = {};
  options.value_length = hg_input->value_length;
  options.max_references = hg_input->max_references;
  options.native = static_cast<Native>(hg_input->native);
  PreparedScan scan(hg_input->dump_fd, options, nullptr, nullptr);
  if (scan.error() != 0) hg_refuse("no memory left for the scan");
  const SitesLock lock;
  scan.UseSites(lock);
  const ScanResult result = scan.Run();
  if (result.error != 0) hg_refuse("the dump could not be written");
  hg_exit(0);
}

}  // namespace
}  // namespace heapgrind

extern "C" [[noreturn]] __attribute__((used, visibility("default"))) void
hg_blob_start(const hg_blob_input* input) {
  hg_input = input;
  if (input->abi != HG_BLOB_ABI || input->size < sizeof *input) {
    hg_refuse("expected the input of another version of heapgrind");
  }
  hg_catch_faults();
  heapgrind::Preparation preparation = {nullptr};
  if (hg_guard(heapgrind::Prepare, &preparation) != HG_DONE) {
    preparation.refusal = "the interpreter is not laid out as in " PY_VERSION;
  }
  if (preparation.refusal != nullptr) hg_refuse(preparation.refusal);
  const char* refusal = hg_set_thread();
  if (refusal != nullptr) hg_refuse(refusal);
  heapgrind::ScanAll();
}

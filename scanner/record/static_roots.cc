#include "record/static_roots.h"

#include <algorithm>
#include <cstring>

#include "cpython/soundness.h"
#include "output/json_text.h"
#include "record/definition.h"
#include "record/guarded.h"
#include "record/native_references.h"
#include "record/reference_list.h"

namespace heapgrind {
namespace {

// The module that was loaded from a file; null: none was.
PyObject* FindModule(const char* path) {
  Py_ssize_t position = 0;
  PyObject* name;
  PyObject* module;
  while (PyDict_Next(hg_modules(), &position, &name, &module)) {
    if (!hg_may_follow(module) || !PyModule_Check(module)) continue;
    PyObject* file = hg_dict_value(hg_module_dict(module), "__file__");
    if (file != nullptr && hg_may_follow(file) && IsTextObject(file) &&
        hg_is_text(file, path)) {
      return IsTextObject(name) ? name : nullptr;
    }
  }
  return nullptr;
}

void WriteName(const char* path, Output* output) {
  if (PyObject* module = FindModule(path)) {
    WriteTextObject(module, output);
    return;
  }
  const char* slash = strrchr(path, '/');
  if (*path == '\0') path = "python";
  WriteUtf8(slash == nullptr ? path : slash + 1, output);
}

// Without malloc's own, which point at free blocks.
void AddVariables(const DataSegment& segment, const NativeBlocks& blocks,
                  NativeReferences* words) {
  const auto within = [&](uintptr_t address) {
    return std::clamp(address, segment.start, segment.end);
  };
  words->Add(segment.start, within(blocks.variables_start()),
             segment.has_objects);
  words->Add(within(blocks.variables_end()), segment.end, segment.has_objects);
}

}  // namespace

int WriteStaticRoots(const StaticData& data, NativeBlocks* blocks,
                     Frontier* frontier, Output* output) {
  ReferenceList references({}, frontier);
  NativeWords words(blocks, frontier);
  NativeReferences natives(&words, blocks, &references);
  int num_lost = 0;
  for (size_t i = 0; i < data.size(); ++i) {
    const DataSegment& segment = data[i];
    bool is_any = false;
    const auto write = [&] {
      output->Text("{\"root\": \"static\", \"name\": ");
      WriteName(segment.path, output);
      output->Text(", \"refs\": ");
      references.Begin(output);
      AddVariables(segment, *blocks, &natives);
      is_any = references.num_written() > 0;
      references.End();
      output->Text("}\n");
    };
    const bool is_done = RunGuarded(write) == HG_DONE;
    if (!is_done) ++num_lost;
    if (is_done && is_any)
      output->Keep();
    else
      output->TakeBack();
  }
  return num_lost;
}

}  // namespace heapgrind

#include "record/roots.h"

#include "record/definition.h"
#include "record/guarded.h"
#include "output/json_text.h"
#include "record/object_parts.h"
#include "record/record_writer.h"

namespace heapgrind {
namespace {

// The references of one root.
class RootReferences {
 public:
  void Add(PyObject* target, const char* name) {
    if (target != nullptr) {
      references_.Append({target, name, nullptr, false, false, false});
    }
  }

  static void Visit(void* context, PyObject* target, const char* name,
                    PyObject*) {
    static_cast<RootReferences*>(context)->Add(target, name);
  }

  // Writes `refs` and `names`, and ends the record.
  void Write(Frontier* frontier, Output* output) const {
    output->Text(", \"refs\": [");
    for (size_t i = 0; i < references_.size(); ++i) {
      if (i > 0) output->Text(", ");
      output->Number(reinterpret_cast<uintptr_t>(references_[i].target));
      frontier->Reach(references_[i].target);
    }
    output->Text("], \"names\": [");
    for (size_t i = 0; i < references_.size(); ++i) {
      if (i > 0) output->Text(", ");
      WriteReferenceName(references_[i], output);
    }
    output->Text("]}\n");
    output->Keep();
  }

 private:
  MappedArray<Part> references_;
};

void WriteModules(Frontier* frontier, Output* output) {
  output->Text("{\"root\": \"modules\", \"name\": \"sys.modules\"");
  RootReferences references;
  references.Add(hg_modules(), "modules");
  references.Write(frontier, output);
}

// The threading.Thread of a thread, from threading._active; null if it has
// none, as threads have that were not started by `threading`.
PyObject* FindThreadObject(PyThreadState* thread) {
  PyObject* threading = hg_dict_value(hg_modules(), "threading");
  if (threading == nullptr || !PyModule_Check(threading)) return nullptr;
  PyObject* active = hg_dict_value(hg_module_dict(threading), "_active");
  if (active == nullptr || !PyDict_Check(active)) return nullptr;
  Py_ssize_t position = 0;
  PyObject* key;
  PyObject* value;
  while (PyDict_Next(active, &position, &key, &value)) {
    int64_t id = 0;
    if (hg_is_int_type(Py_TYPE(key)) && hg_int_value(key, &id) != 0 &&
        static_cast<uint64_t>(id) == hg_thread_id(thread)) {
      return value;
    }
  }
  return nullptr;
}

struct AttributeSearch {
  const char* name;
  PyObject* value;
};

void CompareAttribute(void* context, PyObject* target, const char*,
                      PyObject* name_text) {
  auto* search = static_cast<AttributeSearch*>(context);
  if (name_text != nullptr && hg_is_text(name_text, search->name)) {
    search->value = target;
  }
}

// An attribute as it stands in the instance; null if it is not there.
PyObject* FindAttribute(PyObject* object, const char* name) {
  AttributeSearch search = {name, nullptr};
  // What stands in threading._active may be anything.
  if (hg_find_dict_proof(Py_TYPE(object)) == HG_PROVEN_DICT) {
    search.value = hg_dict_value(hg_instance_dict(object), name);
  }
  hg_visit_inline_values(object, CompareAttribute, &search);
  return search.value;
}

// On Python 2 a thread's name is `_Thread__name`, on Python 3 `_name`.
PyObject* FindThreadName(PyObject* thread_object) {
  PyObject* name = FindAttribute(thread_object, "_name");
  if (name == nullptr) name = FindAttribute(thread_object, "_Thread__name");
  return name != nullptr && IsTextObject(name) ? name : nullptr;
}

void AddGreenlet(PyThreadState* thread, const MainGreenlets& greenlets,
                 RootReferences* references) {
  for (size_t i = 0; i < greenlets.size(); ++i) {
    if (hg_main_greenlet_thread(greenlets[i]) == thread) {
      references->Add(greenlets[i], "greenlet");
    }
  }
}

void WriteThread(PyThreadState* thread, const OwnModules& own_modules,
                 const MainGreenlets& greenlets, Frontier* frontier,
                 Output* output) {
  // Threads of other interpreters may have the same numbers.
  const bool is_own = hg_is_own_thread(thread);
  PyObject* object = is_own ? FindThreadObject(thread) : nullptr;
  PyObject* name = object == nullptr ? nullptr : FindThreadName(object);
  output->Text("{\"root\": \"thread\"");
  if (name != nullptr) {
    output->Text(", \"name\": ");
    WriteTextObject(name, output);
  }
  if (name == nullptr && is_own && hg_is_main_thread(thread)) {
    output->Text(", \"name\": \"MainThread\"");
  }
  WriteNumberUnlessZero("id", hg_thread_id(thread), output);
  RootReferences references;
  references.Add(object, "thread");
  references.Add(reinterpret_cast<PyObject*>(
                     FindOutermost(hg_thread_frame(thread), own_modules)),
                 "frame");
  AddGreenlet(thread, greenlets, &references);
  hg_visit_thread(thread, RootReferences::Visit, &references);
  references.Write(frontier, output);
}

void WriteInterpreter(Frontier* frontier, Output* output) {
  output->Text("{\"root\": \"interpreter\"");
  RootReferences references;
  hg_visit_interpreter(RootReferences::Visit, &references);
  hg_visit_signals(RootReferences::Visit, &references);
  hg_visit_singletons(RootReferences::Visit, &references);
  hg_visit_static_types(RootReferences::Visit, &references);
  references.Write(frontier, output);
}

}  // namespace

int WriteRoots(const OwnModules& own_modules, const MainGreenlets& greenlets,
               Frontier* frontier, Output* output) {
  int num_lost = 0;
  const auto write = [&](auto run) {
    if (RunGuarded(run) == HG_DONE) return;
    output->TakeBack();
    ++num_lost;
  };
  write([=] { WriteModules(frontier, output); });
  // The list of threads may be cut short; those in front of the cut are there.
  PyThreadState* thread = nullptr;
  write([&] { thread = hg_first_thread(); });
  while (thread != nullptr) {
    write(
        [&] { WriteThread(thread, own_modules, greenlets, frontier, output); });
    PyThreadState* const last = thread;
    thread = nullptr;
    write([&] { thread = hg_next_thread(last); });
  }
  write([=] { WriteInterpreter(frontier, output); });
  return num_lost;
}

}  // namespace heapgrind

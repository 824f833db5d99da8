#include "record/definition.h"

#include <cstring>

#include "cpython/soundness.h"
#include "output/json_text.h"

namespace heapgrind {
namespace {

void WriteKind(std::string_view kind, Output* output) {
  WriteKey("kind", output);
  output->Byte('"');
  output->Text(kind);
  output->Byte('"');
}

void WriteLine(std::string_view key, int line, Output* output) {
  if (line <= 0) return;
  WriteKey(key, output);
  output->Number(line);
}

bool IsSameText(PyObject* a, PyObject* b) {
  if (a == b) return true;
  if (!hg_is_text_type(Py_TYPE(a)) || !hg_is_text_type(Py_TYPE(b))) {
    return false;
  }
  const hg_characters x = hg_text_characters(a);
  const hg_characters y = hg_text_characters(b);
  return x.width == y.width && x.length == y.length &&
         memcmp(x.start, y.start, x.length * x.width) == 0;
}

void WriteNames(PyObject* name, PyObject* qualname, Output* output) {
  WriteTextKey("name", name, output);
  if (name != nullptr && qualname != nullptr && !IsSameText(name, qualname)) {
    WriteTextKey("qualname", qualname, output);
  }
}

void WriteCodeDefinition(PyCodeObject* code, std::string_view kind, int line,
                         Output* output) {
  WriteKind(kind, output);
  WriteNames(hg_code_name(code), hg_code_qualname(code), output);
  WriteTextKey("file", hg_code_file(code), output);
  WriteLine("line", line, output);
}

// The key that a module has in sys.modules; null if there is none.
PyObject* FindModuleKey(PyObject* module) {
  PyObject* modules = hg_modules();
  Py_ssize_t position = 0;
  PyObject* key;
  PyObject* value;
  while (modules != nullptr && PyDict_Check(modules) &&
         PyDict_Next(modules, &position, &key, &value)) {
    if (value == module && IsTextObject(key)) return key;
  }
  return nullptr;
}

void WriteModule(PyObject* module, Output* output) {
  WriteKind("module", output);
  PyObject* dict = hg_module_dict(module);
  PyObject* name = hg_dict_value(dict, "__name__");
  const bool has_name = name != nullptr && IsTextObject(name);
  WriteTextKey("name", has_name ? name : FindModuleKey(module), output);
  WriteTextKey("file", hg_dict_value(dict, "__file__"), output);
}

// A static type's tp_name is its module and name.
void WriteStaticClass(PyTypeObject* type, Output* output) {
  const std::string_view full = hg_type_name(type);
  const size_t dot = full.rfind('.');
  WriteKey("name", output);
  WriteUtf8(dot == full.npos ? full : full.substr(dot + 1), output);
  WriteKey("module", output);
  WriteUtf8(
      dot == full.npos ? std::string_view("builtins") : full.substr(0, dot),
      output);
}

void WriteClass(PyTypeObject* type, Output* output) {
  WriteKind("class", output);
  if (!PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE)) {
    return WriteStaticClass(type, output);
  }
  PyObject* dict = hg_type_dict(type);
  WriteNames(reinterpret_cast<PyHeapTypeObject*>(type)->ht_name,
             hg_type_qualname(type), output);
  WriteTextKey("module", hg_dict_value(dict, "__module__"), output);
  WriteLine("line", hg_type_line(type), output);
}

void WriteFunction(PyObject* function, Output* output) {
  WriteKind("function", output);
  WriteNames(hg_function_name(function), hg_function_qualname(function),
             output);
  WriteTextKey("module", hg_function_module(function), output);
}

// What a generator, coroutine or asynchronous generator runs, and where.
void WriteGenerator(PyObject* generator, Output* output) {
  WriteNames(hg_generator_name(generator), hg_generator_qualname(generator),
             output);
  PyCodeObject* code = hg_generator_code(generator);
  if (code != nullptr) WriteTextKey("file", hg_code_file(code), output);
  hg_frame* frame = hg_generator_frame(generator);
  if (frame != nullptr) WriteLine("line", hg_frame_line(frame), output);
}

// Functions of C modules.  A method that is bound to another object is a value
// and no definition.
void WriteBuiltinFunction(PyObject* object, Output* output) {
  auto* function = reinterpret_cast<PyCFunctionObject*>(object);
  const bool is_bound =
      function->m_self != nullptr && !PyModule_Check(function->m_self);
  if (is_bound || function->m_ml == nullptr) return;
  if (function->m_ml->ml_name == nullptr) return;
  WriteKind("function", output);
  WriteKey("name", output);
  WriteUtf8(function->m_ml->ml_name, output);
  WriteTextKey("module", function->m_module, output);
}

}  // namespace

bool IsTextObject(PyObject* object) {
  if (!hg_may_follow(object)) return false;
#if PY_MAJOR_VERSION < 3
  if (PyString_Check(object)) return true;
#endif
  return hg_is_text_type(Py_TYPE(object));
}

void WriteTextObject(PyObject* text, Output* output, std::string_view prefix) {
#if PY_MAJOR_VERSION < 3
  if (PyString_Check(text)) {
    return WriteUtf8({PyString_AS_STRING(text),
                      static_cast<size_t>(PyString_GET_SIZE(text))},
                     output, prefix);
  }
#endif
  const hg_characters characters = hg_text_characters(text);
  WriteCharacters({characters.start, characters.length, characters.width},
                  output, prefix);
}

void WriteDefinition(PyObject* object, const TypeFacts& facts, Output* output) {
  switch (facts.category) {
    case Category::kModule:
      return WriteModule(object, output);
    case Category::kClass:
      return WriteClass(reinterpret_cast<PyTypeObject*>(object), output);
    case Category::kFunction:
      return WriteFunction(object, output);
    case Category::kBuiltinFunction:
      return WriteBuiltinFunction(object, output);
    case Category::kCode: {
      auto* code = reinterpret_cast<PyCodeObject*>(object);
      WriteCodeDefinition(code, "code", hg_code_line(code), output);
      return WriteLine("last_line", hg_code_last_line(code), output);
    }
    case Category::kFrame: {
      hg_frame* frame = hg_frame_of_object(object);
      return frame == nullptr ? WriteKind("frame", output)
                              : WriteFrameDefinition(frame, output);
    }
    case Category::kGenerator:
      return WriteGenerator(object, output);
    default:
      return;
  }
}

void WriteFrameDefinition(hg_frame* frame, Output* output) {
  WriteCodeDefinition(hg_frame_code(frame), "frame", hg_frame_line(frame),
                      output);
}

void WriteTextKey(std::string_view key, PyObject* value, Output* output) {
  if (value == nullptr || !IsTextObject(value)) return;
  WriteKey(key, output);
  WriteTextObject(value, output);
}

}  // namespace heapgrind

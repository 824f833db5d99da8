/* From 3.13 on the interpreter tells debuggers at which bytes of its structs
   fields are; the table begins _PyRuntime.  Here it is compared with where the
   headers have those that the scanner reads.

   Layout: Include/internal/pycore_runtime.h; from 3.14 on
   pycore_debug_offsets.h. */

// clang-format off: the internal headers come first.
#include "internal.h"
#include "proof.h"
// clang-format on

#if PY_VERSION_HEX >= 0x030d0000

#include <internal/pycore_runtime.h>

typedef struct {
  size_t place; /* In the interpreter's table. */
  size_t expected;
  const char *name;
} told_offset;

#define TOLD(entry, type, field) \
  { offsetof(_Py_DebugOffsets, entry), offsetof(type, field), #type "." #field }

static const told_offset offsets[] = {
    TOLD(runtime_state.interpreters_head, _PyRuntimeState, interpreters.head),
    TOLD(interpreter_state.next, PyInterpreterState, next),
    TOLD(interpreter_state.threads_head, PyInterpreterState, threads.head),
    TOLD(interpreter_state.gc, PyInterpreterState, gc),
    TOLD(interpreter_state.imports_modules, PyInterpreterState,
         imports.modules),
    TOLD(interpreter_state.sysdict, PyInterpreterState, sysdict),
    TOLD(interpreter_state.builtins, PyInterpreterState, builtins),
    TOLD(interpreter_state.ceval_gil, PyInterpreterState, ceval.gil),
#if PY_VERSION_HEX >= 0x030e0000 && defined(Py_GIL_DISABLED)
    /* Behind the state of the allocator, which releases of 3.14 change. */
    TOLD(interpreter_state.tlbc_generation, PyInterpreterState,
         tlbc_indices.tlbc_generation),
#endif
    TOLD(thread_state.next, PyThreadState, next),
    TOLD(thread_state.interp, PyThreadState, interp),
    TOLD(thread_state.current_frame, PyThreadState, current_frame),
    TOLD(thread_state.thread_id, PyThreadState, thread_id),
    TOLD(interpreter_frame.previous, _PyInterpreterFrame, previous),
    TOLD(interpreter_frame.executable, _PyInterpreterFrame, f_executable),
    TOLD(interpreter_frame.instr_ptr, _PyInterpreterFrame, instr_ptr),
    TOLD(interpreter_frame.localsplus, _PyInterpreterFrame, localsplus),
    TOLD(interpreter_frame.owner, _PyInterpreterFrame, owner),
    TOLD(code_object.filename, PyCodeObject, co_filename),
    TOLD(code_object.name, PyCodeObject, co_name),
    TOLD(code_object.qualname, PyCodeObject, co_qualname),
    TOLD(code_object.linetable, PyCodeObject, co_linetable),
    TOLD(code_object.localsplusnames, PyCodeObject, co_localsplusnames),
    TOLD(code_object.co_code_adaptive, PyCodeObject, co_code_adaptive),
    TOLD(dict_object.ma_keys, PyDictObject, ma_keys),
    TOLD(dict_object.ma_values, PyDictObject, ma_values),
    TOLD(long_object.lv_tag, PyLongObject, long_value.lv_tag),
};

const char *hg_find_wrong_offset(void) {
  const char *told = (const char *)&_PyRuntime;
  if (memcmp(told, _Py_Debug_Cookie, sizeof _Py_Debug_Cookie - 1) != 0) {
    return hg_expected("the table for debuggers in _PyRuntime", "",
                       "something else");
  }
  const unsigned minor =
      (unsigned)(_PyRuntime.debug_offsets.version >> 16 & 255);
  if (minor != PY_MINOR_VERSION) {
    return hg_expected_number(PY_MINOR_VERSION,
                              " as the minor version of Python", "", minor);
  }
  for (size_t i = 0; i < sizeof offsets / sizeof offsets[0]; ++i) {
    uint64_t offset;
    memcpy(&offset, told + offsets[i].place, sizeof offset);
    if (offset == offsets[i].expected) continue;
    return hg_expected_number(offsets[i].expected, " as the place of ",
                              offsets[i].name, offset);
  }
  return NULL;
}

#else

const char *hg_find_wrong_offset(void) { return NULL; }

#endif

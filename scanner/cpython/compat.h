/* What the scanner must know about the insides of CPython, as plain functions.

   It is long because it is the map of the folder: the declarations of each file
   under its name.

   This folder is the only place that knows one version of CPython from
   another.  It is C11, because CPython's internal headers (Py_BUILD_CORE) do
   not compile as C++ on several versions.

   No function here allocates a Python object, runs Python code, changes a
   reference count or sets an exception.  All want the GIL held.  References
   that they hand out are borrowed and hold until the GIL is given up.

   In free-threaded builds (Py_GIL_DISABLED, from 3.13 on) they want all threads
   of the interpreter to stand, and the lock of the list of interpreters
   (scan/stopped_world.h). */

#ifndef HEAPGRIND_SCANNER_CPYTHON_COMPAT_H_
#define HEAPGRIND_SCANNER_CPYTHON_COMPAT_H_

#define PY_SSIZE_T_CLEAN
// clang-format off: Python.h comes first.
#include <Python.h>
#include <frameobject.h>
#include <structmember.h>
// clang-format on

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "surroundings.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Receives one reference: its target, and what it is called: `name`, or the
   string object `name_text`, or the one followed by the other, or nothing if
   both are NULL. */
typedef void (*hg_reference_function)(void *context, PyObject *target,
                                      const char *name, PyObject *name_text);

/* Receives one object. */
typedef void (*hg_object_function)(void *context, PyObject *object);

/* Blocks of one size that an object owns. */
typedef struct {
  const void *start; /* Of one block that may be large; NULL: not told. */
  size_t bytes;      /* Of each. */
  size_t count;
  int is_from_malloc; /* Whatever its size. */
} hg_block;

/* Memory that an object owns beside itself. */
typedef struct {
  int count;
  hg_block blocks[8]; /* The first `count` count. */
  const void *mapped_start;
  size_t mapped; /* Bytes that the object has mapped itself. */
} hg_blocks;

/* dict.c: dictionaries */

/* Adds the key table and the values of `dict`, as far as they are its own: a
   key table that a class shares with its instances belongs to the class. */
void hg_dict_blocks(PyObject *dict, hg_blocks *blocks);

/* Bytes of the key table that the heap type shares with its instances. */
size_t hg_shared_keys_bytes(PyTypeObject *type);

/* True if `key_text`, a string object, consists of the ASCII text `ascii`. */
int hg_is_text(PyObject *key_text, const char *ascii);

/* Number of entries. */
size_t hg_dict_length(PyObject *dict);

/* The value of the string key `ascii` in `dict`; NULL if it is absent or `dict`
   is NULL or no dictionary. */
PyObject *hg_dict_value(PyObject *dict, const char *ascii);

/* instance.c: the attributes of instances */

/* What proves that the place for a `__dict__` in a type's instances holds one,
   or NULL. */
typedef enum {
  HG_NO_DICT,
  HG_PROVEN_DICT,
  /* Nothing but tp_dictoffset says so, which may be another type's: the word
     there is an object as far as tp_traverse shows it. */
  HG_CLAIMED_DICT
} hg_dict_proof;
hg_dict_proof hg_find_dict_proof(PyTypeObject *type);

/* The `__dict__` of an instance of a type with a proof, or the word in its
   place; NULL if none was made yet. */
PyObject *hg_instance_dict(PyObject *object);

/* Visits the attributes that an instance holds without a `__dict__`. */
void hg_visit_inline_values(PyObject *object, hg_reference_function visit,
                            void *context);

/* Bytes of these attributes within the object's own block, and (as a block)
   outside of it. */
size_t hg_inline_values_bytes(PyObject *object, hg_blocks *blocks);

/* True if the values of `object` are those of its `__dict__` (3.13), so that
   they are visited with the dictionary. */
int hg_values_belong_to_dict(PyObject *object);

/* object.c: headers, strings and numbers */

/* Bytes in front of the object: GC header and pre-header. */
size_t hg_header_bytes(PyObject *object);

/* How many references to the object there are; 0 where that is not known. */
uint64_t hg_refcount(PyObject *object);

/* True if tp_traverse may be called on the object. */
int hg_is_traversable(PyObject *object);

/* True for str (2.7: unicode) and its subtypes. */
int hg_is_text_type(PyTypeObject *type);

/* The characters of a string object. */
typedef struct {
  const void *start;
  size_t length;
  int width; /* Bytes each: 1, 2 or 4. */
} hg_characters;
hg_characters hg_text_characters(PyObject *text);

/* Bytes of a string object's own block; what hangs on it goes to `blocks`. */
size_t hg_text_bytes(PyObject *text, hg_blocks *blocks);

/* True for int (2.7: int and long) and its subtypes. */
int hg_is_int_type(PyTypeObject *type);
size_t hg_int_bytes(PyObject *number);

/* 1: *value is the number; 2: *value is the number as uint64_t; 0: the number
   needs more than 64 bits. */
int hg_int_value(PyObject *number, int64_t *value);

/* code.c: code objects and functions */

void hg_visit_code(PyObject *code, hg_reference_function visit, void *context);
size_t hg_code_bytes(PyObject *code, hg_blocks *blocks);
PyObject *hg_code_name(PyCodeObject *code);
/* NULL before 3.11. */
PyObject *hg_code_qualname(PyCodeObject *code);
PyObject *hg_code_file(PyCodeObject *code);
int hg_code_line(PyCodeObject *code);
/* In code_lines.c: 0 before 3.11. */
int hg_code_last_line(PyCodeObject *code);

void hg_visit_function(PyObject *function, hg_reference_function visit,
                       void *context);
PyObject *hg_function_name(PyObject *function);
PyObject *hg_function_qualname(PyObject *function);
PyObject *hg_function_module(PyObject *function);

/* type.c: classes */

void hg_visit_type(PyTypeObject *type, hg_reference_function visit,
                   void *context);
/* Also of static types, on every version. */
PyObject *hg_type_dict(PyTypeObject *type);
/* The names of the elements of its instances, a tuple of strings: `_fields` of
   a named tuple's class or its nearest base that has them; NULL if there are
   none. */
PyObject *hg_type_field_names(PyTypeObject *type);
/* NULL for static types. */
PyObject *hg_type_qualname(PyTypeObject *type);
/* The first line of a class statement; 0 where it is not known (up to 3.12). */
int hg_type_line(PyTypeObject *type);
/* The block of a heap type beside the type object, and the text blocks. */
void hg_type_blocks(PyTypeObject *type, hg_blocks *blocks);
/* Visits the static types that are not heap types, each once or more. */
void hg_visit_static_types(hg_reference_function visit, void *context);
/* The name that type(x).__name__ ends in and, of static types, its module
   before a dot; "" while the type is made. */
const char *hg_type_name(PyTypeObject *type);
/* The tp_traverse that every class made by a class statement has. */
traverseproc hg_subtype_traverse(void);
/* True for types that a class statement (or a call of `type`) made. */
int hg_is_class_statement_type(PyTypeObject *type);
/* Finds both out from a class that a class statement made. */
void hg_learn_class(PyTypeObject *type);

/* images.c: whose code and tables those of a type are */

/* Asks the dynamic linker what is loaded now.  To be called before the others,
   which forked copies may call, too. */
void hg_learn_images(void);
/* True for addresses in the program files of the interpreter and its standard
   library, or of numpy. */
int hg_is_interpreters(const void *address);
int hg_is_numpys(const void *address);
/* True for the types that these define; not for those derived from them. */
int hg_is_interpreters_type(PyTypeObject *type);
int hg_is_numpys_type(PyTypeObject *type);
int hg_is_greenlets_type(PyTypeObject *type);
/* True if the program has loaded greenlet. */
int hg_has_greenlets(void);

/* members.c: `__slots__` and the like */

/* The nearest type that no class statement made: it has the layout, to which
   class statements add. */
PyTypeObject *hg_solid_base(PyTypeObject *type);
/* Visits what members of an instance refer to: `proven` objects, and words that
   are `claimed` to be objects, by tables that may be those of another layout.
   A claimed target must not be followed before tp_traverse shows it. */
void hg_visit_members(PyObject *object, hg_reference_function proven,
                      hg_reference_function claimed, void *context);
/* The name of the member that has no object, but a pointer or a number of its
   size, so many bytes from the beginning of an instance; NULL if there is none.
 */
const char *hg_word_name(PyTypeObject *type, size_t offset);

/* field_layouts.c and field_names.c: references that C types keep in fields */

/* The fields of a type's objects; NULL if they are not known or name nothing.
 */
const char *hg_type_fields(PyTypeObject *type);

/* The name of the field of `object` that has `target`, a reference that
   tp_traverse shows; NULL if there is none.  `fields` are those of its type,
   *taken the fields that were found before: a bit each, at first 0. */
const char *hg_field_name(PyObject *object, const char *fields,
                          PyObject *target, uint64_t *taken);

/* frame_object.c (up to 3.10), frame_stack.c: running frames, frame objects,
   generators */

/* A frame that runs, or that a generator keeps.  Up to 3.10 a PyFrameObject. */
typedef struct hg_frame hg_frame;

/* The innermost frame of a thread; NULL if it runs no Python code. */
hg_frame *hg_thread_frame(PyThreadState *thread);
hg_frame *hg_frame_caller(hg_frame *frame);
PyCodeObject *hg_frame_code(hg_frame *frame);
PyObject *hg_frame_globals(hg_frame *frame);
/* The line that runs; 0 if it is not known. */
int hg_frame_line(hg_frame *frame);
/* 1 if the frame is a Python object of its own (up to 3.10). */
int hg_frame_is_object(hg_frame *frame);
/* Bytes on the thread's stack; 0 if the frame is a part of a generator. */
size_t hg_frame_stack_bytes(hg_frame *frame);
void hg_visit_frame(hg_frame *frame, hg_reference_function visit,
                    void *context);
/* The frame that a frame object stands for; NULL if it was cleared. */
hg_frame *hg_frame_of_object(PyObject *frame_object);
/* The frame object that called it, as far as it keeps it (f_back), or NULL. */
PyObject *hg_frame_object_caller(PyObject *frame_object);
/* Visits the rest of what a frame object holds. */
void hg_visit_frame_object(PyObject *frame_object, hg_reference_function visit,
                           void *context);
size_t hg_frame_object_bytes(PyObject *frame_object);

/* True for generators, coroutines and asynchronous generators. */
int hg_is_generator(PyObject *object);
size_t hg_generator_bytes(PyObject *generator);
/* A suspended generator's locals are visited with it.  Of a running one the
   frame is, which hg_running_generator_frame returns. */
void hg_visit_generator(PyObject *generator, hg_reference_function visit,
                        void *context);
hg_frame *hg_running_generator_frame(PyObject *generator);
/* The frame, suspended or running; NULL if the generator has ended. */
hg_frame *hg_generator_frame(PyObject *generator);
/* NULL if it is not kept. */
PyCodeObject *hg_generator_code(PyObject *generator);
PyObject *hg_generator_name(PyObject *generator);
/* NULL on Python 2. */
PyObject *hg_generator_qualname(PyObject *generator);

/* greenlets.c: what runs now and then within a thread */

/* True for greenlet.greenlet's objects and those of derived types. */
int hg_is_greenlet(PyObject *object);
int hg_is_greenlet_type(PyTypeObject *type);
/* The innermost frame of a suspended greenlet; NULL if it is not suspended, or
   its layout is not known. */
hg_frame *hg_greenlet_frame(PyObject *greenlet);
/* The thread whose own code the greenlet stands for; NULL for others. */
PyThreadState *hg_main_greenlet_thread(PyObject *greenlet);

/* interpreter.c: what the interpreters hold; thread.c: their threads */

PyObject *hg_modules(void);
PyObject *hg_sys_dict(void);
/* The dictionary of interned strings; NULL where nothing leads to it (up to
   3.11). */
PyObject *hg_interned_strings(void);
void hg_visit_interpreter(hg_reference_function visit, void *context);
/* In singletons.c: small integers, empty and one-character strings, the empty
   tuple.  Visits those that the program uses, if they were learnt. */
void hg_visit_singletons(hg_reference_function visit, void *context);
/* signals.c: what signals call.  To be learnt in the process itself, before
   each scan. */
void hg_learn_signals(void);
void hg_visit_signals(hg_reference_function visit, void *context);
/* Unlike all else here this may allocate objects, some hundred that stay. */
void hg_learn_singletons(void);
/* The threads of this interpreter, then of the others that share its lock;
   the next after the last is NULL. */
PyThreadState *hg_first_thread(void);
PyThreadState *hg_next_thread(PyThreadState *thread);
/* Leaves a thread that is no part of the program out of both; NULL: none. */
void hg_hide_thread(PyThreadState *thread);
/* True if the thread runs in the interpreter that calls this. */
int hg_is_own_thread(PyThreadState *thread);
/* The interpreter after `self`, NULL after the last: this interpreter first,
   which stands for NULL, then the others that share its lock. */
PyInterpreterState *hg_next_interpreter(PyInterpreterState *self);
uint64_t hg_thread_id(PyThreadState *thread);
/* True for the thread that started the interpreter. */
int hg_is_main_thread(PyThreadState *thread);
void hg_visit_thread(PyThreadState *thread, hg_reference_function visit,
                     void *context);

/* gc.c: all that is tracked, and other threads */

/* Calls `visit` for every object that the garbage collector tracks; frozen
   ones, too, but not in free-threaded builds from inside, where it visits those
   that it was given (visited_objects.c). */
void hg_walk_heap(hg_object_function visit, void *context);

/* For the extension module in free-threaded builds: these are the objects,
   until others are. */
void hg_use_objects(PyObject *const *objects, size_t count);

/* pymalloc.c: Python's own allocator */

typedef FILE *(*hg_open_memory)(void *buffer, size_t bytes, const char *mode);
typedef int (*hg_close_memory)(FILE *stream);

/* Sets what pymalloc has handed out, as far as it says so; walks the pools.
   `open` and `close` are fmemopen and fclose: for a moment this takes a stream
   from malloc. */
void hg_read_pymalloc(hg_open_memory open, hg_close_memory close,
                      hg_process *process);

/* Asks whether there is pymalloc, for the next function. */
void hg_learn_allocators(void);

/* True unless small blocks come from malloc, too (PYTHONMALLOC=malloc). */
int hg_has_pymalloc(void);

/* allocation_sites.c: where tracemalloc saw objects being allocated */

/* Keeps the tables as they are, for all threads, until they are unlocked;
   threads that allocate or free meanwhile wait.  Wants the GIL.  Returns 0, and
   locks nothing, if nothing is traced or the tables are not known: before 3.12
   and in free-threaded builds. */
int hg_lock_sites(void);
void hg_unlock_sites(void);

/* One for each different traceback. */
typedef struct hg_traceback hg_traceback;

typedef struct {
  PyObject *file; /* A string object, or NULL: then it is `utf8_file`. */
  const char *utf8_file;
  unsigned line;
} hg_traced_frame;

/* Where the block that `object` stands in was allocated; NULL if that was not
   traced.  These want the tables locked. */
const hg_traceback *hg_allocation_traceback(PyObject *object);
/* The number of frames, of which 0 is the one that allocated. */
size_t hg_traceback_length(const hg_traceback *traceback);
hg_traced_frame hg_traceback_frame(const hg_traceback *traceback, size_t index);

/* buffers.c: what objects of C types own, by the structs of the standard
   library and numpy */

/* One kind of object whose memory tp_traverse and tp_basicsize do not show. */
typedef void (*hg_references_function)(PyObject *object,
                                       hg_reference_function visit,
                                       void *context);
typedef struct {
  hg_references_function visit;          /* Few references; NULL: none. */
  hg_references_function visit_elements; /* Any number of them; NULL: none. */
  void (*blocks)(PyObject *object, hg_blocks *blocks); /* NULL: none. */
  size_t (*length)(PyObject *object); /* Elements; NULL: it has none. */
} hg_special_type;

/* A module's `__dict__`; NULL if the module was not initialised. */
PyObject *hg_module_dict(PyObject *module);

/* NULL if there is nothing special about objects of `type`. */
const hg_special_type *hg_find_special_type(PyTypeObject *type);

#ifdef __cplusplus
}
#endif

#endif /* HEAPGRIND_SCANNER_CPYTHON_COMPAT_H_ */

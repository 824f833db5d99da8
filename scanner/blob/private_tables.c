#include "blob/private_tables.h"

#include <sys/mman.h>

#include "blob/input.h"
#include "cpython/soundness.h"

#if PY_VERSION_HEX < 0x030c0000

/* Receives variables of the interpreter, `count` words; returns true to end. */
typedef int (*variables_function)(void *context, PyObject **words,
                                  size_t count);

static const hg_blob_mapping *mapping_at(uint64_t index) {
  return (const hg_blob_mapping *)(uintptr_t)hg_input->mappings + index;
}

/* The variables are what may be written of the program file that has the code
   of the interpreter, or the program that has taken data of it. */
static int has_variables(const hg_blob_mapping *mapping) {
  const uint32_t kWanted = PROT_READ | PROT_WRITE;
  return (mapping->protection & kWanted) == kWanted &&
         hg_is_interpreters((const void *)(uintptr_t)mapping->start);
}

/* What the file has and what begins as zeros are mappings side by side. */
static void visit_variables(variables_function visit, void *context) {
  for (uint64_t i = 0; i < hg_input->num_mappings; ++i) {
    if (!has_variables(mapping_at(i))) continue;
    const uint64_t start = mapping_at(i)->start;
    while (i + 1 < hg_input->num_mappings && has_variables(mapping_at(i + 1)) &&
           mapping_at(i + 1)->start == mapping_at(i)->end) {
      ++i;
    }
    PyObject **words = (PyObject **)(uintptr_t)start;
    const size_t bytes = (size_t)(mapping_at(i)->end - start);
    if (visit(context, words, bytes / sizeof *words)) return;
  }
}

/* True for an address where an object of exactly this type begins. */
static int is_exact(PyObject *word, PyTypeObject *type) {
  if ((uintptr_t)word % sizeof(void *) != 0) return 0;
  return hg_is_readable((uintptr_t)word, sizeof *word) &&
         Py_TYPE(word) == type && hg_is_sound(word);
}

/* signal handlers: entry 0 is unused */

typedef struct {
  long is_tripped; /* An int, and padding. */
  PyObject *handler;
} signal_entry;

enum { kSignals = 65, kLeastDefault = 16 };

typedef struct {
  PyObject *default_handler;
  const signal_entry *found;
} handler_search;

static int is_handler(const signal_entry *entry) {
  return (entry->is_tripped & ~1l) == 0 && entry->handler != NULL &&
         (uintptr_t)entry->handler % sizeof(void *) == 0 &&
         hg_is_readable((uintptr_t)entry->handler, sizeof(PyObject));
}

static int is_handler_table(const signal_entry *table, PyObject *usual) {
  int num_usual = 0;
  if (table->is_tripped != 0 || table->handler != NULL) return 0;
  for (int i = 1; i < kSignals; ++i) {
    if (!is_handler(&table[i])) return 0;
    num_usual += table[i].handler == usual;
  }
  return num_usual >= kLeastDefault;
}

static int find_handlers(void *context, PyObject **words, size_t count) {
  handler_search *search = (handler_search *)context;
  const size_t table_words = kSignals * sizeof(signal_entry) / sizeof *words;
  for (size_t i = 0; i + table_words <= count; ++i) {
    const signal_entry *table = (const signal_entry *)&words[i];
    if (!is_handler_table(table, search->default_handler)) continue;
    search->found = table;
    return 1;
  }
  return 0;
}

/* On Python 2 nobody lists them. */
PyObject *hg_find_signal_handler(int number) {
  static handler_search search;
  PyObject *module = hg_dict_value(hg_modules(), "_signal");
  if (module == NULL || !PyModule_Check(module)) return NULL;
  if (search.default_handler == NULL) {
    search.default_handler = hg_dict_value(hg_module_dict(module), "SIG_DFL");
    if (search.default_handler != NULL) visit_variables(find_handlers, &search);
  }
  return search.found == NULL ? NULL : search.found[number].handler;
}

#endif

#if PY_VERSION_HEX < 0x030a0000

/* strings of one character */

/* The character that a string is of; -1 for other strings and objects. */
static int character_of(PyObject *word, PyTypeObject *type) {
  if (!is_exact(word, type)) return -1;
  if (type == &PyBytes_Type) {
    if (PyBytes_GET_SIZE(word) != 1) return -1;
    return (unsigned char)PyBytes_AS_STRING(word)[0];
  }
  const hg_characters text = hg_text_characters(word);
  if (text.length != 1 || !hg_is_readable((uintptr_t)text.start, text.width)) {
    return -1;
  }
  unsigned character = 0;
  memcpy(&character, text.start, (size_t)text.width);
  return character < HG_CHARACTERS ? (int)character : -1;
}

typedef struct {
  PyTypeObject *type;
  PyObject **table;
  int num_found; /* In the table. */
} character_search;

/* The number of strings; -1 if it is no such table. */
static int count_characters(PyObject **table, PyTypeObject *type) {
  int count = 0;
  for (int i = 0; i < HG_CHARACTERS; ++i) {
    if (table[i] == NULL) continue;
    if (character_of(table[i], type) != i) return -1;
    ++count;
  }
  return count;
}

static int find_characters(void *context, PyObject **words, size_t count) {
  character_search *search = (character_search *)context;
  for (size_t i = 0; i < count; ++i) {
    if (words[i] == NULL) continue;
    const int character = character_of(words[i], search->type);
    if (character < 0 || (size_t)character > i) continue;
    const size_t first = i - (size_t)character;
    if (first + HG_CHARACTERS > count) continue;
    const int found = count_characters(words + first, search->type);
    if (found <= search->num_found) continue;
    search->num_found = found;
    search->table = words + first;
  }
  return 0;
}

PyObject **hg_character_table(PyTypeObject *type) {
  character_search search = {type, NULL,
                             1}; /* One string alone is a variable. */
  visit_variables(find_characters, &search);
  return search.table;
}

/* what is empty */

typedef struct {
  PyTypeObject *type;
  PyObject *found;
} empty_search;

static int is_empty(PyObject *object, PyTypeObject *type) {
  if (!is_exact(object, type)) return 0;
  if (type == &PyUnicode_Type) return hg_text_characters(object).length == 0;
  return Py_SIZE(object) == 0;
}

static int find_empty(void *context, PyObject **words, size_t count) {
  empty_search *search = (empty_search *)context;
  for (size_t i = 0; i < count; ++i) {
    if (words[i] == NULL || !is_empty(words[i], search->type)) continue;
    if (search->found == NULL ||
        Py_REFCNT(words[i]) > Py_REFCNT(search->found)) {
      search->found = words[i];
    }
  }
  return 0;
}

PyObject *hg_empty_object(PyTypeObject *type) {
  empty_search search = {type, NULL};
  visit_variables(find_empty, &search);
  return search.found;
}

#endif

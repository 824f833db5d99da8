/* Dictionaries: their tables and values.

   Layouts: Objects/dictobject.c and Include/internal/pycore_dict.h of each
   version (3.6 to 3.10: Objects/dict-common.h, which is not installed). */

#include "internal.h"
#include "soundness.h"

#if PY_VERSION_HEX < 0x03000000

void hg_dict_blocks(PyObject *dict, hg_blocks *blocks) {
  PyDictObject *self = (PyDictObject *)dict;
  if (self->ma_table == self->ma_smalltable) return;
  hg_add_block_at(blocks, self->ma_table,
                  (size_t)(self->ma_mask + 1) * sizeof(PyDictEntry));
}

size_t hg_shared_keys_bytes(PyTypeObject *type) {
  (void)type;
  return 0;
}

int hg_is_sound_dict(PyObject *dict) {
  const PyDictObject *self = (const PyDictObject *)dict;
  const size_t size = (size_t)self->ma_mask + 1;
  if (size == 0 || (size & (size - 1)) != 0 || size > SIZE_MAX / 64) return 0;
  if (self->ma_used < 0 || (size_t)self->ma_used > size) return 0;
  return hg_is_readable((uintptr_t)self->ma_table, size * sizeof(PyDictEntry));
}

#else

#if PY_VERSION_HEX < 0x030b0000

/* Objects/dict-common.h, 3.6 to 3.10. */
struct _dictkeysobject {
  Py_ssize_t dk_refcnt;
  Py_ssize_t dk_size;
  void *dk_lookup;
  Py_ssize_t dk_usable;
  Py_ssize_t dk_nentries;
};

enum { kEntryBytes = 3 * sizeof(void *) };

static size_t keys_bytes(PyDictKeysObject *keys) {
  const size_t size = (size_t)keys->dk_size;
  const size_t index_bytes = size <= 0xff     ? 1
                             : size <= 0xffff ? 2
                             :
#if SIZEOF_VOID_P > 4
                             size > 0xffffffff ? 8
                                               :
#endif
                                               4;
  const size_t usable = size * 2 / 3;
  return sizeof(struct _dictkeysobject) + size * index_bytes +
         usable * kEntryBytes;
}

static int keys_are_static(PyDictKeysObject *keys) {
  return keys->dk_size == 1;
}

static size_t values_bytes(PyDictObject *dict) {
  const size_t size = (size_t)dict->ma_keys->dk_size;
  return size * 2 / 3 * sizeof(PyObject *);
}

#else

static size_t keys_bytes(PyDictKeysObject *keys) {
  const size_t size = (size_t)1 << keys->dk_log2_size;
  const size_t usable = size * 2 / 3;
  const size_t entry_bytes =
      DK_IS_UNICODE(keys) ? sizeof(PyDictUnicodeEntry) : sizeof(PyDictKeyEntry);
  return sizeof(PyDictKeysObject) + ((size_t)1 << keys->dk_log2_index_bytes) +
         usable * entry_bytes;
}

/* All empty dictionaries share one static table: the only one of one slot. */
static int keys_are_static(PyDictKeysObject *keys) {
  return keys->dk_log2_size == 0;
}

#if PY_VERSION_HEX >= 0x030d0000

size_t hg_values_block_bytes(PyDictValues *values, PyDictKeysObject *keys) {
  (void)keys;
  const size_t capacity = values->capacity;
  const size_t order_bytes = (capacity + sizeof(PyObject *) - 1) /
                             sizeof(PyObject *) * sizeof(PyObject *);
  return offsetof(PyDictValues, values) + capacity * sizeof(PyObject *) +
         order_bytes;
}

static size_t values_bytes(PyDictObject *dict) {
  return dict->ma_values->embedded
             ? 0
             : hg_values_block_bytes(dict->ma_values, NULL);
}

#else

/* new_values() in Objects/dictobject.c, 3.11 and 3.12.  The byte in front of
   the values says how many bytes there are in front of them. */
size_t hg_values_block_bytes(PyDictValues *values, PyDictKeysObject *keys) {
  const size_t prefix = ((const uint8_t *)values)[-1];
  const size_t capacity = (size_t)(keys->dk_nentries + keys->dk_usable);
  return prefix + capacity * sizeof(PyObject *);
}

static size_t values_bytes(PyDictObject *dict) {
  return hg_values_block_bytes(dict->ma_values, dict->ma_keys);
}

#endif
#endif

/* The class shares a later table with its new instances: this one is no longer
   shared (_PyObjectDict_SetItem, Objects/dictobject.c). */
static int owns_shared_keys(PyDictObject *dict) {
  return dict->ma_values != NULL && dict->ma_keys->dk_refcnt == 1;
}

void hg_dict_blocks(PyObject *dict, hg_blocks *blocks) {
  PyDictObject *self = (PyDictObject *)dict;
  if (self->ma_keys == NULL) return;
  if (self->ma_values != NULL && !owns_shared_keys(self)) {
    if (!keys_are_static(self->ma_keys)) {
      hg_add_block(blocks, values_bytes(self));
    }
  } else if (!keys_are_static(self->ma_keys)) {
    hg_add_block_at(blocks, self->ma_keys, keys_bytes(self->ma_keys));
    if (self->ma_values != NULL) hg_add_block(blocks, values_bytes(self));
  }
}

static size_t num_slots(PyDictKeysObject *keys) {
#if PY_VERSION_HEX < 0x030b0000
  return (size_t)keys->dk_size;
#else
  return keys->dk_log2_size < 48 ? (size_t)1 << keys->dk_log2_size : 0;
#endif
}

static int is_sound_table(PyDictKeysObject *keys) {
  if ((uintptr_t)keys % sizeof(void *) != 0) return 0;
  if (!hg_is_readable((uintptr_t)keys, sizeof *keys)) return 0;
  const size_t slots = num_slots(keys);
  if (slots == 0 || (slots & (slots - 1)) != 0 || slots > SIZE_MAX / 64)
    return 0;
#if PY_VERSION_HEX >= 0x030b0000
  if (keys->dk_log2_index_bytes > 52) return 0;
#endif
  if (keys->dk_nentries < 0 || (size_t)keys->dk_nentries > slots) return 0;
  return keys_are_static(keys) ||
         hg_is_readable((uintptr_t)keys, keys_bytes(keys));
}

/* While it is resized the old table is whole until the new one is. */
int hg_is_sound_dict(PyObject *dict) {
  const PyDictObject *self = (const PyDictObject *)dict;
  if (self->ma_keys == NULL) return self->ma_used == 0;
  if (self->ma_used < 0 || !is_sound_table(self->ma_keys)) return 0;
  if ((size_t)self->ma_used > num_slots(self->ma_keys)) return 0;
  if (self->ma_values == NULL) return 1;
  return hg_is_readable(
      (uintptr_t)self->ma_values,
      (size_t)self->ma_keys->dk_nentries * sizeof(PyObject *));
}

size_t hg_shared_keys_bytes(PyTypeObject *type) {
  if (!(type->tp_flags & Py_TPFLAGS_HEAPTYPE)) return 0;
  PyDictKeysObject *keys = ((PyHeapTypeObject *)type)->ht_cached_keys;
  return keys == NULL || keys_are_static(keys) ? 0 : keys_bytes(keys);
}

#endif /* Python 3 */

int hg_is_text(PyObject *key_text, const char *ascii) {
  if (!hg_may_follow(key_text)) return 0;
#if PY_VERSION_HEX < 0x03000000
  if (PyString_Check(key_text)) {
    return strcmp(PyString_AS_STRING(key_text), ascii) == 0;
  }
#endif
  if (!hg_is_text_type(Py_TYPE(key_text))) return 0;
  const hg_characters characters = hg_text_characters(key_text);
  const size_t length = strlen(ascii);
  return characters.width == 1 && characters.length == length &&
         memcmp(characters.start, ascii, length) == 0;
}

PyObject *hg_dict_value(PyObject *dict, const char *ascii) {
  if (dict == NULL || !PyDict_Check(dict)) return NULL;
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (PyDict_Next(dict, &position, &key, &value)) {
    if (hg_is_text(key, ascii)) return value;
  }
  return NULL;
}

size_t hg_dict_length(PyObject *dict) {
  return (size_t)((PyDictObject *)dict)->ma_used;
}

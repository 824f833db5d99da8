/* Which program files belong to the interpreter, to numpy and to greenlet.

   What stands in a type's table is as good as who wrote the table.  The
   interpreter's own types are those whose code lies in its program or library
   or, of the standard library, in a file of the folder lib-dynload. */

#include "internal.h"

#include <link.h>

#include "surroundings.h"

typedef enum { kInterpreters, kNumpys, kGreenlets } hg_image_owner;

/* Where one file is mapped; no other lies within. */
typedef struct {
  uintptr_t start;
  uintptr_t end;
  hg_image_owner owner;
} image;

/* The standard library has about 70. */
enum { kMostImages = 256 };

static image images[kMostImages];
static int num_images;

static int is_in(const image *self, const void *address) {
  return (uintptr_t)address >= self->start && (uintptr_t)address < self->end;
}

static image place_of(const struct dl_phdr_info *file) {
  image place = {UINTPTR_MAX, 0, kInterpreters};
  for (int i = 0; i < file->dlpi_phnum; ++i) {
    const ElfW(Phdr) *header = &file->dlpi_phdr[i];
    if (header->p_type != PT_LOAD) continue;
    const uintptr_t start = file->dlpi_addr + header->p_vaddr;
    if (start < place.start) place.start = start;
    if (start + header->p_memsz > place.end) {
      place.end = start + header->p_memsz;
    }
  }
  return place;
}

static const char *file_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash == NULL ? path : slash + 1;
}

/* The second up to greenlet 0.4. */
static int is_greenlets_file(const char *name) {
  return strncmp(name, "_greenlet.", 10) == 0 ||
         strncmp(name, "greenlet.", 9) == 0;
}

static int is_numpys_file(const char *name) {
  return strncmp(name, "_multiarray_umath.", 18) == 0 ||
         strncmp(name, "multiarray.", 11) == 0; /* Up to numpy 1.15. */
}

/* A program that is linked to the library may have taken data of it. */
static int is_interpreter(const image *place) {
  return is_in(place, &PyType_Type) ||
         is_in(place, (const void *)PyType_Type.tp_dealloc);
}

static int add_image(struct dl_phdr_info *file, size_t size, void *context) {
  (void)size;
  (void)context;
  image place = place_of(file);
  const char *path = file->dlpi_name == NULL ? "" : file->dlpi_name;
  if (is_numpys_file(file_name(path))) {
    place.owner = kNumpys;
  } else if (is_greenlets_file(file_name(path))) {
    place.owner = kGreenlets;
  } else if (!is_interpreter(&place) && strstr(path, "/lib-dynload/") == NULL) {
    return 0;
  }
  if (num_images == kMostImages) return 1;
  images[num_images++] = place;
  return 0;
}

void hg_learn_images(void) {
  num_images = 0;
  hg_visit_images(add_image, NULL);
}

static int is_owned(const void *address, hg_image_owner owner) {
  for (int i = 0; i < num_images; ++i) {
    if (images[i].owner == owner && is_in(&images[i], address)) return 1;
  }
  return 0;
}

int hg_is_interpreters(const void *address) {
  return is_owned(address, kInterpreters);
}

int hg_is_numpys(const void *address) { return is_owned(address, kNumpys); }

/* A heap type that names no tp_dealloc gets that of class statements, and is
   none of the library's whatever its name is; a static type inherits its
   base's. */
static const void *own_part(PyTypeObject *type) {
  if ((type->tp_flags & Py_TPFLAGS_HEAPTYPE) == 0) return type;
  return hg_is_class_statement_type(type) ? NULL
                                          : (const void *)type->tp_dealloc;
}

int hg_is_interpreters_type(PyTypeObject *type) {
  return hg_is_interpreters(own_part(type));
}

int hg_is_numpys_type(PyTypeObject *type) {
  return hg_is_numpys(own_part(type));
}

int hg_has_greenlets(void) {
  for (int i = 0; i < num_images; ++i) {
    if (images[i].owner == kGreenlets) return 1;
  }
  return 0;
}

int hg_is_greenlets_type(PyTypeObject *type) {
  return is_owned(own_part(type), kGreenlets);
}

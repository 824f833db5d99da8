/* Locks, queues, polls and CSV: Modules/_threadmodule.c, _queuemodule.c,
   selectmodule.c, _csv.c of 2.7 to 3.15. */

#include "special_types.h"

#include <poll.h>
#include <semaphore.h>

/* Up to 3.13 (RLock) a semaphore each: Python/thread_pthread.h.  Later locks
   are a byte of their objects. */
#if PY_VERSION_HEX < 0x030e0000

typedef struct {
  PyObject head;
  sem_t *semaphore;
  PyObject *weak_references;
#if PY_VERSION_HEX >= 0x03000000
  char is_locked;
#endif
} lock_object;

typedef struct {
  PyObject head;
  sem_t *semaphore;
  unsigned long owner, count;
  PyObject *weak_references;
} rlock_object;

/* Both begin alike. */
static void lock_blocks(PyObject *object, hg_blocks *blocks) {
  if (((lock_object *)object)->semaphore == NULL) return;
  hg_add_block(blocks, sizeof(sem_t));
}

#endif

#if PY_VERSION_HEX >= 0x030d0000

/* Before, its items are in a list. */
typedef struct {
  PyObject head;
  char has_waiting;
  Py_ssize_t place_to_put, place_to_get;
  PyObject **items;
  Py_ssize_t allocated, length;
  PyObject *weak_references;
} queue_object;

static void queue_blocks(PyObject *object, hg_blocks *blocks) {
  queue_object *self = (queue_object *)object;
  if (self->items == NULL) return;
  hg_add_block_at(blocks, self->items,
                  (size_t)self->allocated * sizeof(PyObject *));
}

static size_t queue_length(PyObject *object) {
  return (size_t)((queue_object *)object)->length;
}

#endif

typedef struct {
  PyObject head;
  PyObject *dict;
  int is_up_to_date;
  int num_descriptors;
  struct pollfd *descriptors;
  int is_running;
} poll_object;

static void poll_blocks(PyObject *object, hg_blocks *blocks) {
  poll_object *self = (poll_object *)object;
  if (self->descriptors == NULL) return;
  hg_add_block_at(blocks, self->descriptors,
                  (size_t)self->num_descriptors * sizeof(struct pollfd));
}

static void poll_visit(PyObject *object, hg_reference_function visit,
                       void *context) {
  hg_visit_field(((poll_object *)object)->dict, "registered", visit, context);
}

#if PY_VERSION_HEX >= 0x03000000

typedef struct {
  PyObject head;
  PyObject *input, *dialect, *fields;
  int state;
  Py_UCS4 *field;
  Py_ssize_t allocated, length; /* Characters. */
  int is_number;
  unsigned long line;
} csv_reader;

static void reader_blocks(PyObject *object, hg_blocks *blocks) {
  csv_reader *self = (csv_reader *)object;
  if (self->field == NULL) return;
  hg_add_block_at(blocks, self->field,
                  (size_t)self->allocated * sizeof(Py_UCS4));
}

typedef struct {
  PyObject head;
  PyObject *write, *dialect;
  Py_UCS4 *record;
  Py_ssize_t allocated, length; /* Characters. */
  int num_fields;
#if PY_VERSION_HEX >= 0x030a0000
  PyObject *error;
#endif
} csv_writer;

static void writer_blocks(PyObject *object, hg_blocks *blocks) {
  csv_writer *self = (csv_writer *)object;
  if (self->record == NULL) return;
  hg_add_block_at(blocks, self->record,
                  (size_t)self->allocated * sizeof(Py_UCS4));
}

#endif

const hg_special_row hg_queue_rows[] = {
#if PY_VERSION_HEX < 0x03000000
    {"thread.lock", sizeof(lock_object), {NULL, NULL, lock_blocks, NULL}, NULL},
#elif PY_VERSION_HEX < 0x030d0000
    {"_thread.lock",
     sizeof(lock_object),
     {NULL, NULL, lock_blocks, NULL},
     NULL},
#endif
#if PY_VERSION_HEX >= 0x03000000 && PY_VERSION_HEX < 0x030e0000
    {"_thread.RLock",
     sizeof(rlock_object),
     {NULL, NULL, lock_blocks, NULL},
     NULL},
#endif
#if PY_VERSION_HEX >= 0x030d0000
    {"_queue.SimpleQueue",
     sizeof(queue_object),
     {NULL, NULL, queue_blocks, queue_length},
     NULL},
#endif
    {"select.poll",
     sizeof(poll_object),
     {poll_visit, NULL, poll_blocks, NULL},
     NULL},
#if PY_VERSION_HEX >= 0x03000000
    {"_csv.reader",
     sizeof(csv_reader),
     {NULL, NULL, reader_blocks, NULL},
     NULL},
    {"_csv.writer",
     sizeof(csv_writer),
     {NULL, NULL, writer_blocks, NULL},
     NULL},
#endif
    {NULL, 0, {NULL, NULL, NULL, NULL}, NULL},
};

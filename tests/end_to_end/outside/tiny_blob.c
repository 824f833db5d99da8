/* A blob that knows next to nothing of Python: it says what it was handed, and
   writes one record of None and, if PASSES says so, those of invented objects.
   WHAT chooses in what way it misbehaves after that. */

#include "scanner/blob/blob_input.h"

enum {
  WELL,
  LOOPS,
  CRASHES,
  NEVER_ENDS,
  GARBAGE,
  SILENT,
  BUSY,
  LONG_LINE,
  REFUSES,
  WRONG_COUNT,
  CUT_OFF,
  BEHIND_END,
  RETURNS,
  TWO_HEADERS,
  HIDDEN_TEXT,
  ENDS_BADLY
};

#ifndef WHAT
#define WHAT WELL
#endif
#ifndef PASSES
#define PASSES 0 /* Thousands of objects. */
#endif
#ifndef WORDS
#define WORDS 1 /* In front of an object's type: 3 without a GIL. */
#endif

struct py_object {
  uint64_t references[WORDS];
  struct py_type {
    uint64_t references[WORDS];
    struct py_type *type;
    uint64_t size;
    const char *name;
  } * type;
};

extern struct py_object _Py_NoneStruct;
extern int Py_NoSuchThing __attribute__((weak));

static char buffer[1 << 16];
static uint64_t used;
static int32_t output;

static long call(long number, long a, long b, long c) {
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c)
                   : "rcx", "r11", "memory");
  return result;
}

static void write_out(int32_t to, const char *from, uint64_t size) {
  while (size > 0) {
    long count = call(1, to, (long)from, (long)size);
    if (count <= 0) call(231, 2, 0, 0);
    from += count;
    size -= (uint64_t)count;
  }
}

static void flush(void) {
  write_out(output, buffer, used);
  used = 0;
}

static void text(const char *from) {
  while (*from != '\0') {
    if (used == sizeof buffer) flush();
    buffer[used++] = *from++;
  }
}

static void number(uint64_t value) {
  char digits[21];
  char *at = digits + sizeof digits - 1;
  *at = '\0';
  do {
    *--at = (char)('0' + value % 10);
    value /= 10;
  } while (value > 0);
  text(at);
}

static void fact(const char *key, uint64_t value) {
  text(", \"");
  text(key);
  text("\": ");
  number(value);
}

static void object(uint64_t address, const char *type, uint64_t size) {
  text("{\"address\": ");
  number(address);
  text(", \"type\": \"");
  text(type);
  text("\", \"size\": ");
  number(size);
  text(", \"refs\": []}\n");
}

static void end(uint64_t objects, uint64_t size) {
  text("{\"end\": ");
  number(objects);
  text(", \"size\": ");
  number(size);
  text(", \"pymalloc_explained\": 0}\n");
}

static void misbehave(const hg_blob_input *input) {
  static const char refusal[] =
      "expected a dict as sys.modules, got \033[31mx\nmore\n";
  switch (WHAT) {
    case LOOPS:
      flush();
      for (;;) __asm__ volatile("pause");
    case SILENT:
      flush();
      for (;;) call(34 /* pause */, 0, 0, 0);
    case BUSY: /* It says for four seconds that it goes on. */
      flush();
      for (int i = 0; i < 8; ++i) {
        const long half_a_second[] = {0, 500000000};
        call(35 /* nanosleep */, (long)half_a_second, 0, 0);
        write_out(input->message_fd, "", 1);
      }
      break;
    case CRASHES:
      *(volatile int *)0x10 = 1;
      break;
    case NEVER_ENDS:
      for (;;) object(1, "x", 1);
    case LONG_LINE:
      for (;;)
        text("{\"root\": xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    case GARBAGE:
      text("{\"address\": 12, \"size\": 7}\n");
      break;
    case TWO_HEADERS:
      text("{\"heapgrind\": 2}\n");
      break;
    case HIDDEN_TEXT:
      text("\033[31m\n");
      break;
    case REFUSES:
      write_out(input->message_fd, "\0", 2);
      write_out(input->message_fd, refusal, sizeof refusal - 1);
      call(231, 1, 0, 0);
  }
}

static uint64_t count_words(const hg_blob_mapping *mappings, uint64_t count) {
  uint64_t sorted = 1;
  for (uint64_t i = 1; i < count; ++i) {
    sorted &= mappings[i - 1].end <= mappings[i].start;
  }
  return sorted;
}

static void run(const hg_blob_input *input) {
  const hg_blob_thread *threads = (void *)input->threads;
  const hg_blob_image *images = (void *)input->images;
  uint64_t invented = (uint64_t)PASSES * 1000;
  output = input->dump_fd;
  text("{\"heapgrind\": 2");
  fact("abi", input->abi);
  fact("input_size", input->size);
  fact("pid", input->pid);
  fact("time", input->time);
  fact("rss", input->rss);
  fact("value_length", input->value_length);
  fact("max_references", input->max_references);
  fact("native", input->native);
  fact("mappings", input->num_mappings);
  fact("sorted", count_words((void *)input->mappings, input->num_mappings));
  fact("images", input->num_images);
  fact("threads", input->num_threads);
  fact("tid", threads[0].tid);
  fact("fs_base", threads[0].fs_base);
  fact("has_malloc_info", input->malloc_info + input->malloc_info_old != 0);
  fact("has_files", input->fmemopen != 0 && input->fclose != 0);
  fact("weak", (uint64_t)&Py_NoSuchThing);
  fact("stack", (uint64_t)__builtin_frame_address(0) % 16);
  text(", \"first_image\": \"");
  text((const char *)images[0].name);
  text("\"}\n{\"root\": \"interpreter\", \"refs\": []}\n");
  misbehave(input);
  object((uint64_t)&_Py_NoneStruct, _Py_NoneStruct.type->name, 16);
  for (uint64_t i = 0; i < invented; ++i) object(16 * (i + 1), "object", 16);
  if (WHAT != CUT_OFF)
    end(invented + 1 + (WHAT == WRONG_COUNT), 16 * (invented + 1));
  if (WHAT == BEHIND_END) object(1, "x", 1);
  flush();
}

__attribute__((force_align_arg_pointer)) void hg_run(
    const hg_blob_input *input) {
  run(input);
  if (WHAT == RETURNS) return;
  call(231, WHAT == ENDS_BADLY ? 3 : 0, 0, 0);
}

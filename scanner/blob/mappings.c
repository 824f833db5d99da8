/* What of the copy may be read: the table of mappings, which is sorted. */

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* dl_phdr_info */
#endif
#include <link.h>
#include <string.h>
#include <sys/mman.h>

#include "blob/input.h"
#include "surroundings.h"

static const hg_blob_mapping *mappings(void) {
  return (const hg_blob_mapping *)(uintptr_t)hg_input->mappings;
}

/* The last answer: neighbours have the same. */
static uintptr_t known_start, known_end;

static int is_readable(const hg_blob_mapping *mapping) {
  return (mapping->protection & PROT_READ) != 0;
}

/* The first mapping that ends behind an address. */
static size_t first_behind(uintptr_t address) {
  size_t low = 0;
  size_t high = (size_t)hg_input->num_mappings;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (mappings()[middle].end <= address) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

uintptr_t hg_readable_end(uintptr_t address) {
  if (address - known_start < known_end - known_start) return known_end;
  const size_t count = (size_t)hg_input->num_mappings;
  size_t at = first_behind(address);
  if (at == count || mappings()[at].start > address) return 0;
  if (!is_readable(&mappings()[at])) return 0;
  known_start = mappings()[at].start;
  known_end = mappings()[at].end;
  while (++at < count && mappings()[at].start == known_end &&
         is_readable(&mappings()[at])) {
    known_end = mappings()[at].end;
  }
  return known_end;
}

int hg_visit_mappings(int (*visit)(const hg_mapping *mapping, void *context),
                      void *context) {
  for (size_t i = 0; i < hg_input->num_mappings; ++i) {
    const hg_blob_mapping *found = &mappings()[i];
    const hg_mapping mapping = {(uintptr_t)found->start, (uintptr_t)found->end,
                                (int)found->protection,
                                (found->flags & HG_BLOB_MAPPING_FILE) != 0,
                                (found->flags & HG_BLOB_MAPPING_SHARED) != 0};
    if (visit(&mapping, context) != 0) break;
  }
  return 1;
}

void hg_use_readable(hg_range_test is_readable, const void *context) {
  (void)is_readable;
  (void)context;
}

int hg_is_mapped(const void *address) {
  return hg_readable_end((uintptr_t)address) != 0;
}

int hg_is_readable(uintptr_t start, size_t bytes) {
  const uintptr_t end = hg_readable_end(start);
  return end != 0 && bytes <= end - start;
}

static const hg_blob_image *images(void) {
  return (const hg_blob_image *)(uintptr_t)hg_input->images;
}

const hg_blob_image *hg_image_of(const void *address) {
  for (size_t i = 0; i < hg_input->num_images; ++i) {
    const hg_blob_image *image = &images()[i];
    if ((uintptr_t)address - image->start < image->end - image->start) {
      return image;
    }
  }
  return NULL;
}

int hg_is_program_file(const void *address) {
  return hg_image_of(address) != NULL;
}

uint64_t hg_most_references(void) {
  uint64_t bytes = 0;
  for (size_t i = 0; i < hg_input->num_mappings; ++i) {
    if (!is_readable(&mappings()[i])) continue;
    bytes += mappings()[i].end - mappings()[i].start;
  }
  return bytes / sizeof(void *);
}

/* The headers of a program file, which its first page has in memory. */
static int find_headers(const hg_blob_image *image,
                        struct dl_phdr_info *found) {
  const ElfW(Ehdr) *file = (const ElfW(Ehdr) *)(uintptr_t)image->start;
  if (!hg_is_readable(image->start, sizeof *file)) return 0;
  if (memcmp(file->e_ident, ELFMAG, SELFMAG) != 0) return 0;
  const uintptr_t headers = image->start + file->e_phoff;
  if (file->e_phentsize != sizeof(ElfW(Phdr)) ||
      !hg_is_readable(headers, file->e_phnum * sizeof(ElfW(Phdr)))) {
    return 0;
  }
  found->dlpi_phdr = (const ElfW(Phdr) *)headers;
  found->dlpi_phnum = file->e_phnum;
  for (int i = 0; i < found->dlpi_phnum; ++i) {
    if (found->dlpi_phdr[i].p_type != PT_LOAD) continue;
    found->dlpi_addr =
        image->start - (found->dlpi_phdr[i].p_vaddr & ~(ElfW(Addr))4095);
    return 1;
  }
  return 0;
}

/* Without its headers, a file is one piece. */
void hg_visit_images(int (*visit)(struct dl_phdr_info *image, size_t size,
                                  void *context),
                     void *context) {
  for (size_t i = 0; i < hg_input->num_images; ++i) {
    const hg_blob_image *image = &images()[i];
    ElfW(Phdr) whole;
    memset(&whole, 0, sizeof whole);
    whole.p_type = PT_LOAD;
    whole.p_memsz = image->end - image->start;
    struct dl_phdr_info found;
    memset(&found, 0, sizeof found);
    if (!find_headers(image, &found)) {
      found.dlpi_addr = image->start;
      found.dlpi_phdr = &whole;
      found.dlpi_phnum = 1;
    }
    found.dlpi_name = (const char *)(uintptr_t)image->name;
    if (visit(&found, sizeof found, context) != 0) return;
  }
}

// What a confined process may ask of the kernel.

#ifndef HEAPGRIND_CONVERTER_CORE_CONFINEMENT_H_
#define HEAPGRIND_CONVERTER_CORE_CONFINEMENT_H_

#include <linux/filter.h>

#include <vector>

namespace heapgrind {

// A program for seccomp(2): it allows what the blob needs (see
// scanner/blob/system_calls.c), lets other calls fail with EPERM, and kills
// whoever calls the kernel as another processor does.
std::vector<sock_filter> ConfiningFilter();

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CORE_CONFINEMENT_H_

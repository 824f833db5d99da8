// The records that come before the objects: the header and the roots.

#ifndef HEAPGRIND_SCANNER_RECORD_ROOTS_H_
#define HEAPGRIND_SCANNER_RECORD_ROOTS_H_

#include "cpython/compat.h"
#include "memory/frontier.h"
#include "memory/mapped_array.h"
#include "output/output.h"
#include "record/program_frames.h"

namespace heapgrind {

// Writes the header record: the process, the moment, and its memory; with what
// the module sys says, unless that is not to be read.
void WriteHeader(const hg_process& process, bool reads_sys, Output* output);

// The suspended greenlets that stand for threads' own code.
using MainGreenlets = MappedArray<PyObject*>;

// Writes the records of sys.modules, the threads and the interpreter, and
// tells `frontier` what they refer to.  Returns how many were lost, where the
// heap is damaged.
int WriteRoots(const OwnModules& own_modules, const MainGreenlets& greenlets,
               Frontier* frontier, Output* output);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_ROOTS_H_

// The records that come before the objects: the header and the roots.

#ifndef HEAPGRIND_SCANNER_ROOTS_H_
#define HEAPGRIND_SCANNER_ROOTS_H_

#include "cpython/compat.h"
#include "frontier.h"
#include "output.h"
#include "process_memory.h"
#include "program_frames.h"

namespace heapgrind {

// Writes the header record: the process, the moment, and its memory.
void WriteHeader(const ScannedProcess& process, Output* output);

// Writes the records of sys.modules, the threads and the interpreter, and
// tells `frontier` what they refer to.
void WriteRoots(const OwnModules& own_modules, Frontier* frontier,
                Output* output);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_ROOTS_H_

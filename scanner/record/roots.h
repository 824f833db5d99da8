// The records that come before the objects: the header and the roots.

#ifndef HEAPGRIND_SCANNER_RECORD_ROOTS_H_
#define HEAPGRIND_SCANNER_RECORD_ROOTS_H_

#include "cpython/compat.h"
#include "memory/frontier.h"
#include "output/output.h"
#include "record/process_memory.h"
#include "record/program_frames.h"

namespace heapgrind {

// Writes the header record: the process, the moment, and its memory.
void WriteHeader(const ScannedProcess& process, Output* output);

// Writes the records of sys.modules, the threads and the interpreter, and
// tells `frontier` what they refer to.
void WriteRoots(const OwnModules& own_modules, Frontier* frontier,
                Output* output);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_ROOTS_H_

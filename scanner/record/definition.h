// What modules, classes, functions, code objects and frames are called and
// where they stand in the source.

#ifndef HEAPGRIND_SCANNER_RECORD_DEFINITION_H_
#define HEAPGRIND_SCANNER_RECORD_DEFINITION_H_

#include <string_view>

#include "cpython/compat.h"
#include "output/output.h"
#include "record/type_table.h"

namespace heapgrind {

// Writes the keys from `kind` to `line`, each with a comma in front; nothing
// for objects that are no definition.
void WriteDefinition(PyObject* object, const TypeFacts& facts, Output* output);

// The same for a frame that runs.
void WriteFrameDefinition(hg_frame* frame, Output* output);

// Writes a string object (on Python 2 also a byte string) in quotes, after
// `prefix`, which is plain ASCII.
void WriteTextObject(PyObject* text, Output* output,
                     std::string_view prefix = {});

// True for what WriteTextObject can write.
bool IsTextObject(PyObject* object);

// Writes `, "key": ` and such an object; nothing if `value` is none, or null.
void WriteTextKey(std::string_view key, PyObject* value, Output* output);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_DEFINITION_H_

// What the agent must have of an interpreter that knows nothing of it, before
// it can dump.

#ifndef HEAPGRIND_SCANNER_ATTACH_ATTACHED_INTERPRETER_H_
#define HEAPGRIND_SCANNER_ATTACH_ATTACHED_INTERPRETER_H_

namespace heapgrind {

// Up to 3.6 a program of one thread has no GIL, and only that thread may make
// it (PyEval_InitThreads).

// Makes it on behalf of the calling thread, if that is the one, and has given
// up what it takes for the GIL.
void MakeGil();

// Returns whether there is one.  Else it asks the main thread, which makes it
// when it next runs Python code; *is_asked keeps it from asking twice.
bool HasGil(bool* is_asked);

// Why this scanner must not look at this interpreter; null if it may.  The text
// holds until the next call.  Wants the GIL.
const char* FindMismatch();

// Shows the scanner a class that a class statement made: one that every
// process has.  The last resort makes one, which the garbage collector takes.
// Wants the GIL.
void LearnClass();

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_ATTACH_ATTACHED_INTERPRETER_H_

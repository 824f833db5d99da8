// Hands a command over to the scanner: `python3 -m heapgrind COMMAND ...`.
//
// What runs in a Python process is written in Python; a user need not know
// which commands those are.

#ifndef HEAPGRIND_CONVERTER_PYTHON_COMMAND_H_
#define HEAPGRIND_CONVERTER_PYTHON_COMMAND_H_

namespace heapgrind {

// Becomes the interpreter, with argv as the words of the scanner's command
// line. The interpreter is $PYTHON if that is set, else the first that has the
// package heapgrind of the python3 beside this program, as in a virtual
// environment, and python3 in PATH.  Returns only if there is none: 1, with a
// message.
int RunPythonCommand(int argc, char** argv);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PYTHON_COMMAND_H_

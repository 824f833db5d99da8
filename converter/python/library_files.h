// Which source files are those of a library rather than of the program.

#ifndef HEAPGRIND_CONVERTER_PYTHON_LIBRARY_FILES_H_
#define HEAPGRIND_CONVERTER_PYTHON_LIBRARY_FILES_H_

#include <string_view>

namespace heapgrind {

// Whether a module of this file belongs to the standard library or is
// installed: it is in site-packages or dist-packages, in the folder pythonX.Y
// of a folder lib (as sysconfig's schemes have it: Lib/sysconfig.py, 3.11), in
// pythonXY.zip, or frozen.  "" is none.
bool IsLibraryFile(std::string_view path);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PYTHON_LIBRARY_FILES_H_

// Which source files a walk may show.
//
// A dump may come from anybody, and name any file of this machine; what a walk
// shows may be pasted anywhere.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_WALK_SHOWN_SOURCES_H_
#define HEAPGRIND_CONVERTER_COMMANDS_WALK_SHOWN_SOURCES_H_

#include <string>

#include "absl/status/statusor.h"
#include "converter/python/source_files.h"

namespace heapgrind {

// The lines of the source file at `path`, which a dump names and `prefixes`
// have led to.  All links and `..` resolved, it must be below
//
// - the current folder, unless that is /, or NEW of one of `prefixes`;
// - lib/pythonX.Y, lib/python3 or the same in lib64 below /usr, /usr/local, the
//   folder above one in $PATH, $VIRTUAL_ENV, or a version in $PYENV_ROOT
//   (~/.pyenv).
//
// Errors: NotFound if there is no source (source_text.h); PermissionDenied,
// with the option that allows it, for a source elsewhere.
absl::StatusOr<std::string> ReadShownSource(const std::string& path,
                                            const SourcePrefixes& prefixes);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_WALK_SHOWN_SOURCES_H_

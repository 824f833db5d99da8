// The scanner's version, as it stands in dumps and in the package.

#ifndef HEAPGRIND_SCANNER_VERSION_H_
#define HEAPGRIND_SCANNER_VERSION_H_

namespace heapgrind {

// build_settings.py reads it from this line.
inline constexpr char kVersion[] = "0.2.0";

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_VERSION_H_

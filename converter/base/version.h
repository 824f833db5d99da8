// The version of the converter's programs.

#ifndef HEAPGRIND_CONVERTER_BASE_VERSION_H_
#define HEAPGRIND_CONVERTER_BASE_VERSION_H_

namespace heapgrind {

inline constexpr char kVersion[] = "0.2.0";

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_BASE_VERSION_H_

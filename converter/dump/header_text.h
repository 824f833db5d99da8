// What a dump's header says, as people read it.

#ifndef HEAPGRIND_CONVERTER_DUMP_HEADER_TEXT_H_
#define HEAPGRIND_CONVERTER_DUMP_HEADER_TEXT_H_

#include <cstdint>
#include <string>

#include "converter/dump/dump_header.h"

namespace heapgrind {

// "2009-07-01 12:00:00 UTC", from seconds since 1970.
std::string UtcText(uint64_t seconds);

// The command line of the process, without the folder of its interpreter; "" if
// it is not known.  Not clean (clean_name.h).
std::string CommandOf(const DumpHeader& header);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_HEADER_TEXT_H_

// What memdump2callgrind --help says.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_CONVERT_OPTIONS_HELP_H_
#define HEAPGRIND_CONVERTER_COMMANDS_CONVERT_OPTIONS_HELP_H_

namespace heapgrind {

extern const char kOptionsHelp[];

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_CONVERT_OPTIONS_HELP_H_

// heapgrind walk: a prompt for questions about a dump.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_WALK_WALK_H_
#define HEAPGRIND_CONVERTER_COMMANDS_WALK_WALK_H_

namespace heapgrind {

// Runs the command; its exit status.
int RunWalk(int argc, char** argv);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_WALK_WALK_H_

// memdump2callgrind: turns heap dumps into a call graph for KCachegrind.

#include <csignal>

#include "converter/commands/convert/convert_command.h"

int main(int argc, char** argv) {
  // A closed pipe is an error of write, with a message of its own.
  std::signal(SIGPIPE, SIG_IGN);
  return heapgrind::RunConversion("memdump2callgrind", argc, argv);
}

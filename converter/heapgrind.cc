// heapgrind: answers questions about heap dumps; each command is one.

#include <csignal>

#include "converter/command_table.h"

int main(int argc, char** argv) {
  // A closed pipe is an error of write, with a message of its own.
  std::signal(SIGPIPE, SIG_IGN);
  return heapgrind::RunHeapgrind(argc, argv);
}

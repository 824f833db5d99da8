#include "converter/python_command.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace heapgrind {
namespace {

// Runs a program to its end, without input and output.  Its exit status, or -1
// if it did not start or was killed.
int StatusOf(std::vector<std::string> words) {
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(&word[0]);
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (int descriptor = 0; descriptor < 3; ++descriptor) {
    posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR,
                                     0);
  }
  pid_t pid = 0;
  const int error =
      posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return -1;
  int status = 0;
  while (waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// The interpreters that may have the scanner: the one that the user chose, or
// else the one beside this program, as in a virtual environment, and the first
// in PATH.
std::vector<std::string> Candidates() {
  const char* const chosen = std::getenv("PYTHON");
  if (chosen != nullptr && chosen[0] != '\0') return {chosen};
  char program[PATH_MAX];
  const ssize_t length = readlink("/proc/self/exe", program, sizeof program);
  const std::string path(program, length > 0 ? length : 0);
  return {path.substr(0, path.rfind('/') + 1) + "python3", "python3"};
}

// What keeps an interpreter from having the scanner, or "".
std::string WhatIsWrong(const std::string& python) {
  const int status = StatusOf({python, "-c", ""});
  if (status != 0) return "one that does not run";
  if (StatusOf({python, "-c", "import heapgrind"}) == 0) return "";
  return "one without it";
}

}  // namespace

int RunPythonCommand(int argc, char** argv) {
  std::string python;
  std::string fault;
  for (const std::string& candidate : Candidates()) {
    python = candidate;
    fault = WhatIsWrong(python);
    if (fault.empty()) break;
  }
  if (!fault.empty()) {
    std::fprintf(stderr,
                 "heapgrind %s: expected a Python with the package heapgrind, "
                 "got %s: %s\n"
                 "hint: install the scanner into it, or name another with "
                 "PYTHON=...\n",
                 argv[0], fault.c_str(), python.c_str());
    return 1;
  }
  std::vector<char*> words = {&python[0]};
  std::string dash_m = "-m";
  std::string package = "heapgrind";
  words.push_back(&dash_m[0]);
  words.push_back(&package[0]);
  words.insert(words.end(), argv, argv + argc);
  words.push_back(nullptr);
  std::signal(SIGPIPE, SIG_DFL);  // As a shell starts programs.
  execvp(words[0], words.data());
  std::fprintf(stderr, "heapgrind %s: expected to run %s, got: %s\n", argv[0],
               python.c_str(), std::strerror(errno));
  return 1;
}

}  // namespace heapgrind

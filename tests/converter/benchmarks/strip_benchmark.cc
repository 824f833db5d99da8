// How much memory and time heapgrind strip takes for dumps of 100 MB and 1 GB.
//
//     strip_benchmark
//
// Generates the dumps in $TMPDIR (else /tmp), strips each once without options
// and once with --values=none to /dev/null, each time in a process of its own,
// and prints the peak of its resident memory (as getrusage has it) and the
// seconds.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <string>

#include "converter/commands/strip/dump_stripping.h"
#include "converter/commands/strip/strip_options.h"
#include "tests/converter/support/generated_dump.h"

namespace heapgrind {
namespace {

[[noreturn]] void Die(const std::string& message) {
  std::cerr << "strip_benchmark: " << message << std::endl;
  std::exit(1);
}

// Runs a function in a process of its own; returns what it cost.
rusage InProcess(const std::function<void()>& run) {
  const pid_t child = fork();
  if (child < 0) Die("expected a process, got none");
  if (child == 0) {
    run();
    _exit(0);
  }
  int status = 0;
  rusage usage = {};
  if (wait4(child, &status, 0, &usage) != child || status != 0) {
    Die("expected a process to end well, got another end");
  }
  return usage;
}

void Measure(const std::string& path, ValueLimit values, const char* name) {
  StripOptions options;
  options.dump = path;
  options.output = "/dev/null";
  options.rules.values = values;
  const auto start = std::chrono::steady_clock::now();
  const rusage usage = InProcess([&options] {
    if (!StripDump(options).ok()) _exit(1);
  });
  const std::chrono::duration<double> seconds =
      std::chrono::steady_clock::now() - start;
  std::ifstream file(path, std::ios::ate | std::ios::binary);
  std::printf("%8.0f  %-14s  %10ld  %7.2f\n",
              static_cast<double>(file.tellg()) / 1e6, name, usage.ru_maxrss,
              seconds.count());
}

void MeasureDump(size_t num_objects) {
  const char* const folder = std::getenv("TMPDIR");
  std::string path =
      std::string(folder == nullptr ? "/tmp" : folder) + "/stripXXXXXX";
  const int descriptor = mkstemp(&path[0]);
  if (descriptor < 0) Die("expected room in " + path);
  close(descriptor);
  // Its memory is gone before anything is measured.
  InProcess([&path, num_objects] {
    std::ofstream(path, std::ios::binary) << GenerateDump(num_objects);
  });
  Measure(path, ValueLimit::kNone, "");
  Measure(path, ValueLimit::kDrop, "--values=none");
  unlink(path.c_str());
}

void Run() {
  std::printf("%8s  %-14s  %10s  %7s\n", "dump, MB", "options", "peak, KiB",
              "seconds");
  MeasureDump(900000);
  MeasureDump(9000000);
}

}  // namespace
}  // namespace heapgrind

int main() {
  heapgrind::Run();
  return 0;
}

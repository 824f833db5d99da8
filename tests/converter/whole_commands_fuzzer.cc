// Feeds mutated dumps to whole commands.
//
//     bazel build --config=fuzz //tests/converter:whole_commands_fuzzer
//     bazel-bin/tests/converter/whole_commands_fuzzer .run/fuzz/commands
//     testdata/fuzz/commands testdata/fuzz/dump_reader
//
// Which command an input is for, its hash tells.  What is found goes into
// testdata/fuzz/commands, minimized; whole_commands_test runs every command on
// it.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <random>
#include <string>

#include "tests/converter/dump_mutator.h"
#include "tests/converter/whole_commands.h"

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max_size);

// Three times out of four a change that leaves the dump JSON.
extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size,
                                          size_t max_size, unsigned seed) {
  std::mt19937 random(seed);
  if (random() % 4 == 0) return LLVMFuzzerMutate(data, size, max_size);
  std::string dump(reinterpret_cast<const char*>(data), size);
  if (random() % 64 == 0) dump = heapgrind::HostileDump(random(), 0);
  for (unsigned i = 1 + random() % 4; i > 0; --i) {
    heapgrind::MutateDump(&random, &dump);
  }
  dump.resize(std::min(dump.size(), max_size));
  std::memcpy(data, dump.data(), dump.size());
  return dump.size();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string dump(reinterpret_cast<const char*>(data), size);
  const size_t hash = std::hash<std::string>()(dump);
  const std::string wrong =
      heapgrind::RunWholeCommand(hash % heapgrind::NumWholeCommands(), dump, 1);
  if (wrong.empty()) return 0;
  std::fprintf(stderr, "%s\n", wrong.c_str());
  std::abort();
}

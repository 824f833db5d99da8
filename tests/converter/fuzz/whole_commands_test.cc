// Runs whole commands on the fuzzers' corpora and on hostile dumps of random
// making.  Under the sanitizers (./run asan, ./run tsan) any misuse of memory
// ends the test.

#include "tests/converter/fuzz/whole_commands.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/converter/fuzz/dump_mutator.h"

namespace heapgrind {
namespace {

constexpr size_t kNumThreads = 7;

void RunAll(const std::string& dump) {
  for (size_t command = 0; command < NumWholeCommands(); ++command) {
    EXPECT_EQ(RunWholeCommand(command, dump, kNumThreads), "");
  }
}

size_t RunCorpus(const std::string& folder) {
  size_t num_files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    SCOPED_TRACE(entry.path());
    std::ifstream file(entry.path(), std::ios::binary);
    RunAll({std::istreambuf_iterator<char>(file), {}});
    ++num_files;
  }
  return num_files;
}

TEST(WholeCommandsTest, EndWithStatus0Or1OnWhatTheirFuzzerFound) {
  EXPECT_GT(RunCorpus("testdata/fuzz/commands"), 0u);
}

TEST(WholeCommandsTest, EndWithStatus0Or1OnWhatTheReadersFuzzerFound) {
  EXPECT_GT(RunCorpus("testdata/fuzz/dump_reader"), 30u);
}

TEST(WholeCommandsTest, EndWithStatus0Or1OnHostileDumps) {
  for (uint32_t seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(seed);
    RunAll(HostileDump(seed, seed % 6));
  }
}

}  // namespace
}  // namespace heapgrind

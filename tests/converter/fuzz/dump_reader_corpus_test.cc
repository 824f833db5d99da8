// Runs the fuzzer's corpus, testdata/fuzz/dump_reader, through the fuzzer's
// function, which aborts when something does not hold.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace heapgrind {
namespace {

TEST(DumpReaderCorpusTest, EveryFileIsReadOrRefused) {
  size_t num_files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator("testdata/fuzz/dump_reader")) {
    SCOPED_TRACE(entry.path());
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()),
                           bytes.size());
    ++num_files;
  }
  EXPECT_GT(num_files, 30u);
}

}  // namespace
}  // namespace heapgrind

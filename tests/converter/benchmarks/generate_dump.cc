// Writes a heap dump made up for benchmarks (generated_heap.h) to stdout.
//
//     generate_dump NUM_OBJECTS [--shuffled]

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tests/converter/support/generated_heap.h"

int main(int argc, char** argv) {
  const std::string_view option = argc == 3 ? argv[2] : "";
  const uint64_t num_objects =
      argc < 2 ? 0 : std::strtoull(argv[1], nullptr, 10);
  if (num_objects == 0 || argc > 3 || (argc == 3 && option != "--shuffled")) {
    std::fputs("usage: generate_dump NUM_OBJECTS [--shuffled]\n", stderr);
    return 2;
  }
  const heapgrind::GeneratedHeap heap = heapgrind::GenerateHeap(num_objects);
  const std::string shuffled =
      option.empty() ? "" : heapgrind::ShuffledDump(heap);
  const std::string& text = option.empty() ? heap.text : shuffled;
  const bool is_written =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() &&
      std::fflush(stdout) == 0;
  if (!is_written) std::perror("generate_dump");
  return is_written ? 0 : 1;
}

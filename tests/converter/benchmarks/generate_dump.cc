// Writes a heap dump made up for benchmarks to stdout.
//
//     generate_dump NUM_OBJECTS [SHAPE] [--shuffled]
//
// SHAPE is one that generated_shapes.h tells; else the heap is like that of a
// real program (generated_heap.h).

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tests/converter/support/generated_heap.h"
#include "tests/converter/support/generated_shapes.h"

namespace heapgrind {
namespace {

int Usage() {
  std::fputs("usage: generate_dump NUM_OBJECTS [SHAPE] [--shuffled]\n", stderr);
  return 2;
}

int Main(int argc, char** argv) {
  const uint64_t num_objects =
      argc < 2 ? 0 : std::strtoull(argv[1], nullptr, 10);
  if (num_objects == 0) return Usage();
  std::string_view shape;
  bool is_shuffled = false;
  for (int i = 2; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--shuffled") {
      is_shuffled = true;
    } else if (shape.empty() && IsShape(argument)) {
      shape = argument;
    } else {
      return Usage();
    }
  }
  const GeneratedHeap heap = shape.empty() ? GenerateHeap(num_objects)
                                           : GenerateShape(shape, num_objects);
  const std::string shuffled = is_shuffled ? ShuffledDump(heap) : "";
  const std::string& text = is_shuffled ? shuffled : heap.text;
  const bool is_written =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() &&
      std::fflush(stdout) == 0;
  if (!is_written) std::perror("generate_dump");
  return is_written ? 0 : 1;
}

}  // namespace
}  // namespace heapgrind

int main(int argc, char** argv) { return heapgrind::Main(argc, argv); }

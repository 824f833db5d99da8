// Tests that neither the number of threads nor the order of the lines leaves a
// trace in the output.

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "converter/callgraph/callgrind_writer.h"
#include "converter/dump/dump_reader.h"
#include "converter/files/dump_source.h"
#include "converter/load/heap_graph_builder.h"
#include "tests/converter/support/convert_graph.h"
#include "tests/converter/support/heap_of_text.h"
#include "tests/converter/support/random_dump.h"
#include "tests/converter/support/string_source.h"

namespace heapgrind {
namespace {

constexpr size_t kSmallChunk = 2000;  // Bytes.

// The callgrind file of a dump, and what was lost.
std::string Convert(const std::string& dump, size_t num_threads) {
  GraphOptions options;
  options.num_threads = num_threads;
  HeapGraphBuilder builder(options);
  StringSource source(dump);
  const absl::StatusOr<DumpFacts> facts = ReadDump(
      "a.json", &source, {[](const DumpHeader&) {}, [](uint64_t, uint64_t) {}},
      builder.sinks(), kSmallChunk);
  if (!facts.ok()) return std::string(facts.status().message());
  HeapGraph graph = *builder.Build();
  const GraphLosses& losses = builder.losses();
  std::string text = absl::StrCat(
      losses.repeated_objects, " ", losses.contradicting_objects, " ",
      losses.absent_references, " ", losses.references_left_out, "\n");
  ConvertOptions conversion;
  conversion.heap.num_threads = num_threads;
  WriteCallgrind(ConvertGraph(conversion, &graph), {4711, "app.py", "a test"},
                 [&text](absl::string_view piece) {
                   text.append(piece.data(), piece.size());
                 });
  return text;
}

void ExpectNoTraceOfThreads(const std::string& dump) {
  const std::string expected = Convert(dump, 1);
  ASSERT_GT(expected.size(), 300u) << expected;
  EXPECT_EQ(Convert(dump, 2), expected);
  EXPECT_EQ(Convert(dump, 7), expected);
}

TEST(ThreadCountTest, RandomHeapsAreTheSame) {
  for (uint32_t seed = 0; seed < 20; ++seed) {
    SCOPED_TRACE(seed);
    ExpectNoTraceOfThreads(JoinLines(RandomDump(seed, 400)));
    ExpectNoTraceOfThreads(JoinLines(RandomMeliaeDump(seed, 400)));
  }
}

TEST(ThreadCountTest, ShuffledHeapsAreTheSame) {
  const std::vector<std::string> lines = RandomDump(3, 1000);
  const std::string expected = Convert(JoinLines(lines), 1);
  for (uint32_t seed = 0; seed < 5; ++seed) {
    const std::string shuffled = JoinLines(Shuffled(lines, seed));
    EXPECT_EQ(Convert(shuffled, 1), expected);
    EXPECT_EQ(Convert(shuffled, 2), expected);
    EXPECT_EQ(Convert(shuffled, 7), expected);
  }
}

TEST(ThreadCountTest, RealHeapIsTheSame) {
  const std::unique_ptr<ByteSource> source =
      *OpenDumpSource("testdata/shapes.json.gz");
  std::string dump;
  std::vector<char> buffer(1 << 20);
  while (const size_t count = *source->Read(buffer.data(), buffer.size())) {
    dump.append(buffer.data(), count);
  }
  ExpectNoTraceOfThreads(dump);
  const std::vector<std::string> lines =
      absl::StrSplit(dump, '\n', absl::SkipEmpty());
  EXPECT_EQ(Convert(JoinLines(Shuffled(lines, 1)), 7), Convert(dump, 1));
}

}  // namespace
}  // namespace heapgrind

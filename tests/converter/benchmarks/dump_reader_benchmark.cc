// How fast a dump is read, beside a plain count of the newlines in its bytes.
//
//     bazel run -c opt //tests/converter/benchmarks:dump_reader_benchmark

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstring>
#include <string>

#include "converter/dump/dump_reader.h"
#include "converter/files/chunk_reader.h"
#include "tests/converter/support/generated_dump.h"
#include "tests/converter/support/string_source.h"

namespace heapgrind {
namespace {

const std::string& Dump() {
  static const std::string* const dump = new std::string(GenerateDump(500000));
  return *dump;
}

void SetBytes(benchmark::State& state) {
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(Dump().size()));
}

void BM_CountNewlines(benchmark::State& state) {
  const std::string& dump = Dump();
  for (auto _ : state) {
    uint64_t num_lines = 0;
    const char* const end = dump.data() + dump.size();
    for (const char* p = dump.data();
         (p = static_cast<const char*>(std::memchr(p, '\n', end - p))); ++p) {
      ++num_lines;
    }
    benchmark::DoNotOptimize(num_lines);
  }
  SetBytes(state);
}
BENCHMARK(BM_CountNewlines)->Unit(benchmark::kMillisecond);

void BM_ReadChunks(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    StringSource source(Dump());
    state.ResumeTiming();
    ChunkReader reader(&source, kDumpChunkBytes);
    TextChunk chunk;
    while (*reader.Next(&chunk)) benchmark::DoNotOptimize(chunk.text);
  }
  SetBytes(state);
}
BENCHMARK(BM_ReadChunks)->Unit(benchmark::kMillisecond);

void BM_ReadDump(benchmark::State& state) {
  uint64_t num_objects = 0;
  for (auto _ : state) {
    state.PauseTiming();
    StringSource source(Dump());
    state.ResumeTiming();
    const absl::StatusOr<DumpFacts> facts =
        ReadDump("dump", &source,
                 {[](const DumpHeader&) {},
                  [](const DumpRecord& record) {
                    benchmark::DoNotOptimize(record.refs.data());
                    return absl::OkStatus();
                  },
                  [](uint64_t, uint64_t) {}});
    if (!facts.ok()) state.SkipWithError(facts.status().ToString().c_str());
    num_objects += facts.ok() ? facts->num_objects : 0;
  }
  SetBytes(state);
  state.counters["objects"] = benchmark::Counter(
      static_cast<double>(num_objects), benchmark::Counter::kIsRate);
}
BENCHMARK(BM_ReadDump)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace heapgrind

BENCHMARK_MAIN();

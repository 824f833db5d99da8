// How fast the converter is, stage by stage, beside a count of the newlines in
// the same file, and how much memory each stage takes.
//
//     heap_benchmark [--objects=N] [--runs=N] [--threads=N] [--shuffled] [DUMP]
//
// Converts DUMP, or a generated heap of N objects (1 000 000 unless said
// otherwise), in the order of creation or shuffled, and prints a table: the
// median time of the runs (5 unless said otherwise), its ratio to that of the
// newline count, objects and megabytes of dump a second, and the peak of
// allocated bytes an object, with what the stages before hold.

#include <getopt.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "converter/callgraph/callgrind_writer.h"
#include "converter/callgraph/path_call_graph.h"
#include "converter/callgraph/type_call_graph.h"
#include "converter/cli/progress_line.h"
#include "converter/dump/dump_reader.h"
#include "converter/files/dump_source.h"
#include "converter/graph/dominators.h"
#include "converter/load/heap_graph_builder.h"
#include "converter/owners/homes.h"
#include "converter/owners/ownership.h"
#include "converter/owners/root_homes.h"
#include "converter/owners/variable_homes.h"
#include "converter/profile/profile_tree.h"
#include "converter/python/module_table.h"
#include "converter/python/namespaces.h"
#include "converter/python/source_files.h"
#include "tests/converter/support/generated_heap.h"
#include "tests/converter/support/stopwatch.h"

namespace heapgrind {
namespace {

[[noreturn]] void Die(const std::string& message) {
  std::cerr << "heap_benchmark: " << message << std::endl;
  std::exit(1);
}

uint64_t CountNewlines(const std::string& path) {
  const std::unique_ptr<ByteSource> source = *OpenDumpSource(path);
  std::vector<char> buffer(1 << 20);
  uint64_t num_lines = 0;
  while (const size_t count = *source->Read(buffer.data(), buffer.size())) {
    const char* const end = buffer.data() + count;
    const char* p = buffer.data();
    while ((p = static_cast<const char*>(std::memchr(p, '\n', end - p)))) {
      ++num_lines;
      ++p;
    }
  }
  return num_lines;
}

// Takes records and forgets them.
class NoSink : public RecordSink {
 public:
  void StartSection(uint64_t) override {}
  absl::Status Take(const DumpRecord&) override { return absl::OkStatus(); }
};

// How often a reading says how far it is.
uint64_t num_updates = 0;

// Reads the dump with a thread for each sink.
DumpFacts Read(const std::string& path, const std::vector<RecordSink*>& sinks) {
  num_updates = 0;
  absl::StatusOr<std::unique_ptr<ByteSource>> source = OpenDumpSource(path);
  if (!source.ok()) Die(source.status().ToString());
  absl::StatusOr<DumpFacts> facts = ReadDump(
      path, source->get(),
      {[](const DumpHeader&) {}, [](uint64_t, uint64_t) { ++num_updates; }},
      sinks);
  if (!facts.ok()) Die(facts.status().ToString());
  return *std::move(facts);
}

std::vector<RecordSink*> NoSinks(size_t num_threads) {
  static NoSink sink;  // It keeps nothing, so threads can share it.
  return std::vector<RecordSink*>(num_threads, &sink);
}

// What the progress line of such a reading costs at a terminal, but for the
// terminal; it starts in its second second, so that the line is shown.
size_t ShowProgress() {
  size_t num_bytes = 0;
  bool is_first = true;
  const auto clock = [&is_first] {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    const double seconds = std::chrono::duration<double>(now).count();
    return std::exchange(is_first, false) ? seconds - 2 : seconds;
  };
  ProgressLine line(clock, [&num_bytes](absl::string_view text) {
    num_bytes += text.size();
  });
  line.StartStage("reading a dump");
  for (uint64_t i = 0; i < num_updates; ++i) line.Update(i, num_updates);
  return num_bytes;
}

size_t Write(const CallGraph& graph) {
  size_t num_bytes = 0;
  WriteCallgrind(
      graph, {1, "benchmark", "benchmark"},
      [&num_bytes](absl::string_view text) { num_bytes += text.size(); });
  return num_bytes;
}

// One conversion, stage by stage as in conversion.cc.
void Run(const std::string& path, size_t num_threads, Stopwatch* watch) {
  watch->BeginRun();
  watch->Measure("newlines", false, [&] { return CountNewlines(path); });
  watch->Measure("parse alone", false,
                 [&] { return Read(path, NoSinks(num_threads)); });
  watch->Measure("progress line", false, ShowProgress);
  GraphOptions options;
  options.num_threads = num_threads;
  HeapGraphBuilder builder(options);
  watch->Measure("read", true, [&] { return Read(path, builder.sinks()); });
  HeapGraph graph =
      watch->Measure("build graph", true, [&] { return *builder.Build(); });
  const Namespaces namespaces(graph);
  SourceFiles sources({}, num_threads);
  const Homes homes = watch->Measure("homes", true, [&] {
    const ModuleTable modules(graph, namespaces);
    Homes found = FindHomes(graph, namespaces, modules);
    FindRootHomes(graph, &found);
    FindVariableHomes(graph, namespaces, modules, &sources, &found);
    return found;
  });
  const OwnershipGraph ownership = watch->Measure("ownership", true, [&] {
    return ComputeOwnership(graph, homes, OwnershipRules::kModules);
  });
  const DominatorTree tree = watch->Measure("dominators", true, [&] {
    return ComputeDominators(ownership.first_edge, ownership.edges,
                             ownership.main());
  });
  const ProfileTree profile = watch->Measure("profile, pruned", true, [&] {
    const OwnedHeap heap = {graph,     namespaces, homes,
                            ownership, tree,       num_threads};
    return BuildPrunedProfile(heap, FindFunctions(heap), {});
  });
  const CallGraph call_graph = watch->Measure("name", true, [&] {
    return MakePathCallGraph(
        graph, MakeShownRows(graph, profile, false, &sources), sources);
  });
  watch->Measure("write", true, [&] { return Write(call_graph); });
  watch->Measure("by type instead", false, [&] {
    return MakeTypeCallGraph({graph, namespaces, homes, ownership, tree})
        .functions.size();
  });
}

// Writes a generated heap to a temporary file, and says what it is like.
std::string WriteHeap(uint64_t num_objects, bool is_shuffled) {
  const GeneratedHeap heap = GenerateHeap(num_objects);
  const double n = static_cast<double>(heap.begin.size());
  std::printf(
      "generated: %.0f objects, %.2f references and %.1f bytes an object, "
      "%.0f %% leaves, %.0f %% with one referrer, %s\n",
      n, static_cast<double>(heap.num_references) / n,
      static_cast<double>(heap.text.size()) / n,
      100.0 * static_cast<double>(heap.num_leaves) / n,
      100.0 * (1 - static_cast<double>(heap.num_shared) / n),
      is_shuffled ? "shuffled" : "in the order of creation");
  std::string path = "/tmp/heap_benchmark.XXXXXX";
  const int file = mkstemp(path.data());
  if (file < 0) Die("cannot make " + path);
  close(file);
  std::ofstream(path, std::ios::binary)
      << (is_shuffled ? ShuffledDump(heap) : heap.text);
  return path;
}

int Main(int argc, char** argv) {
  uint64_t num_objects = 1000000;
  uint64_t num_runs = 5;
  uint64_t num_threads = std::max(1u, std::thread::hardware_concurrency());
  int is_shuffled = 0;
  const option options[] = {{"objects", required_argument, nullptr, 'n'},
                            {"runs", required_argument, nullptr, 'r'},
                            {"threads", required_argument, nullptr, 't'},
                            {"shuffled", no_argument, &is_shuffled, 1},
                            {nullptr, 0, nullptr, 0}};
  for (int c; (c = getopt_long(argc, argv, "", options, nullptr)) != -1;) {
    if (c == 'n') num_objects = std::strtoull(optarg, nullptr, 10);
    if (c == 'r') num_runs = std::max(1ull, std::strtoull(optarg, nullptr, 10));
    if (c == 't') {
      num_threads = std::max(1ull, std::strtoull(optarg, nullptr, 10));
    }
    if (c == '?') return 2;
  }
  const bool is_generated = optind == argc;
  const std::string path = is_generated
                               ? WriteHeap(num_objects, is_shuffled != 0)
                               : std::string(argv[optind]);
  Stopwatch watch;
  for (uint64_t i = 0; i < num_runs; ++i) Run(path, num_threads, &watch);
  const DumpFacts facts = Read(path, NoSinks(num_threads));
  std::ifstream file(path, std::ios::ate | std::ios::binary);
  watch.PrintTable(static_cast<double>(facts.num_objects),
                   static_cast<double>(file.tellg()));
  if (is_generated) unlink(path.c_str());
  return 0;
}

}  // namespace
}  // namespace heapgrind

int main(int argc, char** argv) { return heapgrind::Main(argc, argv); }

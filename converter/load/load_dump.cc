#include "converter/load/load_dump.h"

#include <malloc.h>

#include <cstdint>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "converter/dump/dump_reader.h"
#include "converter/files/dump_source.h"
#include "converter/files/file_source.h"
#include "converter/load/heap_graph_builder.h"
#include "converter/load/memory_check.h"
#include "converter/load/memory_limit.h"

namespace heapgrind {
namespace {

// Hands everything to a collector, then to another sink.
class CollectingSink : public RecordSink {
 public:
  CollectingSink(RecordSink* collector, RecordSink* sink)
      : collector_(collector), sink_(sink) {}

  void StartSection(uint64_t number) override {
    collector_->StartSection(number);
    sink_->StartSection(number);
  }

  absl::Status Take(const DumpRecord& record) override {
    const absl::Status status = collector_->Take(record);
    return status.ok() ? sink_->Take(record) : status;
  }

 private:
  RecordSink* const collector_;
  RecordSink* const sink_;
};

// The sinks of a graph's builder, as their collectors see them.
class CollectingSinks {
 public:
  CollectingSinks(absl::Span<RecordSink* const> collectors,
                  const std::vector<RecordSink*>& sinks)
      : sinks_(sinks) {
    for (size_t i = 0; i < collectors.size(); ++i) {
      collecting_.push_back(
          std::make_unique<CollectingSink>(collectors[i], sinks[i]));
      sinks_[i] = collecting_.back().get();
    }
  }

  const std::vector<RecordSink*>& sinks() const { return sinks_; }

 private:
  std::vector<RecordSink*> sinks_;
  std::vector<std::unique_ptr<CollectingSink>> collecting_;
};

absl::StatusOr<DumpFacts> Read(const std::string& path, Progress* progress,
                               const std::vector<RecordSink*>& sinks) {
  absl::StatusOr<std::unique_ptr<ByteSource>> source = OpenDumpSource(path);
  if (!source.ok()) return source.status();
  const absl::string_view name = NameOfInput(path);
  progress->StartStage(absl::StrCat("reading ", name));
  return ReadDump(name, source->get(),
                  {[](const DumpHeader&) {},
                   [progress](uint64_t done, uint64_t total) {
                     progress->Update(done, total);
                   }},
                  sinks);
}

MemoryLimit LimitOf(const LoadOptions& options) {
  if (options.max_memory == 0) return FindMemoryLimit();
  return {options.max_memory, "--max-memory", true};
}

}  // namespace

absl::StatusOr<LoadedDump> LoadDump(const std::string& path,
                                    const LoadOptions& options,
                                    Progress* progress,
                                    absl::Span<RecordSink* const> collectors) {
  const absl::Status fits = CheckMemory(
      path, {options.keeps_overhead, options.num_threads}, LimitOf(options));
  if (!fits.ok()) return fits;
  GraphOptions graph_options;
  graph_options.keeps_overhead = options.keeps_overhead;
  graph_options.num_threads = options.num_threads;
  HeapGraphBuilder builder(graph_options);
  const CollectingSinks collecting(collectors, builder.sinks());
  absl::StatusOr<DumpFacts> facts = Read(path, progress, collecting.sinks());
  if (!facts.ok()) return facts.status();
  progress->StartStage("linking objects");
  absl::StatusOr<HeapGraph> graph = builder.Build();
  if (!graph.ok()) return graph.status();
  // The records were many small blocks, which the allocator would keep.
  malloc_trim(0);
  progress->Erase();
  return LoadedDump{std::string(NameOfInput(path)), *std::move(facts),
                    builder.losses(), *std::move(graph)};
}

std::vector<std::string> DescribeLosses(const LoadedDump& dump) {
  std::vector<std::string> sentences;
  for (const std::string& loss : DescribeLosses(dump.facts)) {
    sentences.push_back(absl::StrCat(dump.name, ": ", loss));
  }
  const std::pair<uint64_t, absl::string_view> counts[] = {
      {dump.losses.repeated_objects, "objects dumped again, the same"},
      {dump.losses.contradicting_objects,
       "objects dumped again with other content, of which the first counts"},
      {dump.losses.absent_references,
       "references to objects that the dump lacks"},
      {dump.losses.absent_sites, "allocation sites that the dump lacks"},
      {dump.losses.references_left_out, "references that the scanner left out"},
  };
  for (const auto& [count, what] : counts) {
    if (count == 0) continue;
    sentences.push_back(absl::StrCat(dump.name, ": ", what, ": ", count));
  }
  return sentences;
}

}  // namespace heapgrind

#include "tests/converter/support/shaped_heap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/string_view.h"
#include "converter/callgraph/callgrind_writer.h"
#include "converter/load/heap_graph_builder.h"
#include "tests/converter/support/call_graph_faults.h"
#include "tests/converter/support/convert_graph.h"
#include "tests/converter/support/heap_of_text.h"
#include "tests/converter/support/small_stack.h"

namespace heapgrind {
namespace {

using ::testing::IsEmpty;

CallGraph Convert(const ConversionOptions& options, HeapGraph* graph) {
  CallGraph result;
  RunOnSmallStack([&] {
    result = ConvertGraph({{}, options}, graph);
    uint64_t num_bytes = 0;
    WriteCallgrind(result, {1, "python", "a test"},
                   [&](absl::string_view text) { num_bytes += text.size(); });
    EXPECT_GT(num_bytes, 0u);
  });
  EXPECT_THAT(CallGraphFaults(result, {TotalSize(*graph), graph->num_nodes()}),
              IsEmpty());
  return result;
}

}  // namespace

HeapGraph MakeHeap(uint64_t num_objects, std::string_view type,
                   absl::FunctionRef<void(uint64_t, DumpRecord*)> fill) {
  HeapGraphBuilder builder;
  DumpRecord root;
  root.form = RecordForm::kRoot;
  root.root = "interpreter";
  root.name = "state";
  root.refs = {kRoot};
  root.names = {"first"};
  builder.Add(root);
  for (uint64_t i = 0; i < num_objects; ++i) {
    DumpRecord record;
    record.address = kRoot + i;
    record.size = 10;
    record.type = type;
    fill(i, &record);
    builder.Add(record);
  }
  return *builder.Build();
}

CallGraph ConvertByPath(HeapGraph graph) { return Convert({}, &graph); }

size_t NumFunctionsUnpruned(HeapGraph graph) {
  ConversionOptions options;
  options.granularity = Granularity::kType;
  Convert(options, &graph);
  options.granularity = Granularity::kPath;
  options.limits = {0, 1000000000, 5000};
  return Convert(options, &graph).functions.size();
}

}  // namespace heapgrind

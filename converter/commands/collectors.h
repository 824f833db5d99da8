// Collectors of records, one for each thread that reads a dump (load_dump.h).

#ifndef HEAPGRIND_CONVERTER_COMMANDS_COLLECTORS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_COLLECTORS_H_

#include <cstddef>
#include <memory>
#include <vector>

#include "converter/cli/option_rules.h"
#include "converter/commands/heap_options.h"
#include "converter/dump/record_sink.h"

namespace heapgrind {

template <typename Collector>
struct Collectors {
  explicit Collectors(const HeapOptions& options) {
    for (size_t i = 0; i < ThreadsToUse(options.num_threads); ++i) {
      all.push_back(std::make_unique<Collector>());
      sinks.push_back(all.back().get());
    }
  }

  std::vector<std::unique_ptr<Collector>> all;
  std::vector<RecordSink*> sinks;  // The same.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_COLLECTORS_H_

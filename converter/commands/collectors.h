// What watches while a dump is read (load_dump.h): one watcher for each thread.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_COLLECTORS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_COLLECTORS_H_

#include <cstddef>
#include <memory>
#include <vector>

#include "converter/cli/option_rules.h"
#include "converter/commands/heap_options.h"
#include "converter/dump/record_sink.h"

namespace heapgrind {

template <typename Watcher>
struct Watchers {
  explicit Watchers(const HeapOptions& options) {
    for (size_t i = 0; i < ThreadsToUse(options.num_threads); ++i) {
      all.push_back(std::make_unique<Watcher>());
      sinks.push_back(all.back().get());
    }
  }

  std::vector<std::unique_ptr<Watcher>> all;
  std::vector<RecordSink*> sinks;  // The same.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_COLLECTORS_H_
